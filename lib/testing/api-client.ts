import { randomBytes } from 'node:crypto';
import pg from 'pg';

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

type Call = { token?: string | undefined; body?: unknown; headers?: Record<string, string> };

/** Calls the API of a running process as an outside program does. */
export async function callApi(
  url: string,
  method: string,
  path: string,
  { token, body, headers = {} }: Call = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: json ? (JSON.parse(text) as Record<string, unknown>) : { text },
  };
}

export type ApiTenant = { id: string; token: string; email: string; password: string };

/** Signs an organisation and its owner up, and in, through the API alone. */
export async function signUpByApi(url: string): Promise<ApiTenant> {
  const email = `owner-${randomBytes(6).toString('hex')}@example.com`;
  const password = `a long enough secret ${randomBytes(4).toString('hex')}`;
  const body = { name: 'North Capital', email, tenant_type: 'small_business', password };
  const tenant = await callApi(url, 'POST', '/api/v1/tenants', { body });
  const login = await callApi(url, 'POST', '/api/v1/auth/login', {
    body: { username: email, password },
  });
  if (tenant.status !== 201 || login.status !== 200) {
    throw new Error(`sign-up ${JSON.stringify(tenant.body)}, login ${JSON.stringify(login.body)}`);
  }
  return {
    id: String(tenant.body.id),
    token: String(login.body.access_token),
    email,
    password,
  };
}

/** An API key of the tenant. */
export async function makeKeyByApi(
  url: string,
  tenant: ApiTenant,
  scopes?: string[],
  more: object = {},
) {
  const answer = await callApi(url, 'POST', `/api/v1/tenants/${tenant.id}/api-keys`, {
    token: tenant.token,
    body: { name: 'robot', ...(scopes ? { scopes } : {}), ...more },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { id: String(answer.body.id), secret: String(answer.body.secret) };
}

/** Sets what the arbiter grants the owner's tenant, past plans and payments. */
export async function grantByHand(
  adminUrl: string,
  email: string,
  limits: { calls: number | null; rate: number | null; burst: number | null },
): Promise<string> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ tenant_id: string }>(
      `UPDATE entitlement e SET api_calls_limit = $2, rate = $3, burst = $4,
              limits = limits || '{"api_keys": null}', api_keys_limit = NULL, api_write = true,
              features = (SELECT features FROM plan_version WHERE plan_id = 'professional' LIMIT 1)
       FROM membership m JOIN "user" u ON u.id = m.user_id
       WHERE u.email = $1 AND e.tenant_id = m.tenant_id RETURNING e.tenant_id`,
      [email, limits.calls, limits.rate, limits.burst],
    );
    return rows[0]?.tenant_id ?? '';
  } finally {
    await admin.end();
  }
}

/** API calls counted so far: the month's counter and the sum over hours, which must agree. */
export async function countedCalls(
  adminUrl: string,
  tenantId: string,
): Promise<{ month: number; hours: number }> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ month: number | null; hours: number | null }>(
      `SELECT (SELECT sum(used) FROM usage_period WHERE tenant_id = $1 AND meter = 'api_calls') AS month,
              (SELECT sum(count)::float8 FROM usage_rollup WHERE tenant_id = $1 AND meter = 'api_calls') AS hours`,
      [tenantId],
    );
    return { month: rows[0]?.month ?? 0, hours: rows[0]?.hours ?? 0 };
  } finally {
    await admin.end();
  }
}
