import { type APIRequestContext, expect } from '@playwright/test';

export interface Answer<T> {
  status: number;
  body: T;
}

/** A program that calls `/api/v1` with a credential, as a customer's would. */
export class ApiProgram {
  private readonly request: APIRequestContext;
  private readonly port: number;
  private readonly token: string | null;

  constructor(request: APIRequestContext, port: number, token: string | null = null) {
    this.request = request;
    this.port = port;
    this.token = token;
  }

  /** The same program with an access token of this person, by password. */
  async signedIn(username: string, password: string, tenant: string): Promise<ApiProgram> {
    const credentials = { username, password, tenant_id: tenant };
    const { status, body } = await this.call<{ access_token: string }>(
      'POST',
      '/auth/login',
      credentials,
    );
    expect(status).toBe(200);
    return this.withToken(body.access_token);
  }

  withToken(token: string): ApiProgram {
    return new ApiProgram(this.request, this.port, token);
  }

  /** @param path below `/api/v1` */
  async call<T = Record<string, unknown>>(
    method: 'GET' | 'POST',
    path: string,
    data?: object,
  ): Promise<Answer<T>> {
    // By address: the names of hosts below localhost are known to browsers only.
    const answer = await this.request.fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
      method,
      headers: {
        host: `localhost:${this.port}`,
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      ...(data ? { data } : {}),
    });
    return { status: answer.status(), body: (await answer.json()) as T };
  }
}
