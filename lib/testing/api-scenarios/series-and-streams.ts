import { parquetReadObjects } from 'hyparquet';
import { callApi } from '../api-client';
import { type Scenario, unique } from './scenario';

/** Events, series and streams. */
export const usageScenarios: Scenario[] = [
  {
    name: 'events are taken once, and seen in the usage',
    run: async ({ url, tenant }, expect) => {
      const source = unique();
      const event = (id: string) => ({ id, source, meter: 'custom_events', value: 2 });
      const send = (path: string, body: unknown) =>
        callApi(url, 'POST', `/api/v1/usage/${path}`, { token: tenant.token, body });
      expect((await send('events', event('1'))).body).toEqual({ status: 'accepted' });
      expect((await send('events', event('1'))).body).toEqual({ status: 'duplicate' });
      const batch = await send('events/batch', { events: [event('1'), event('2'), {}] });
      expect(batch.status).toBe(202);
      expect(batch.body).toMatchObject({ accepted: 1, duplicates: 1, rejected: [{ index: 2 }] });
      const usage = `/api/v1/tenants/${tenant.id}/usage`;
      const current = await callApi(url, 'GET', `${usage}/current`, tenant);
      const rows = current.body.data as { meter: string; used: number }[];
      expect(rows.find(({ meter }) => meter === 'custom_events')?.used).toBeGreaterThanOrEqual(4);
      const csv = await callApi(url, 'GET', `${usage}?meter=custom_events`, {
        token: tenant.token,
        headers: { accept: 'text/csv' },
      });
      expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
      expect(String(csv.body.text)).toMatch(/^start,value\r\n/);
    },
  },
  {
    name: 'series come whole as CSV or Parquet, by what the caller wants most',
    run: async ({ url, tenant: { id, token } }, expect) => {
      const get = (path: string, accept: string) =>
        fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
      const bars = 'instruments/SPX/bars?timeframe=1d&to=2020-12-31';
      const parquet = await get(bars, 'text/csv;q=0.5, application/vnd.apache.parquet');
      expect(parquet.headers.get('content-type')).toBe('application/vnd.apache.parquet');
      const rows = await parquetReadObjects({ file: await parquet.arrayBuffer() });
      const lines = (await (await get(bars, 'text/csv')).text()).trimEnd().split('\r\n');
      expect(rows.length).toBe(lines.length - 1);
      const { time, open, volume } = rows[0] ?? {};
      expect((time as Date).toISOString()).toBe('2000-01-03T00:00:00.000Z');
      expect(lines[1]?.startsWith(`2000-01-03T00:00:00.000Z,${open},`)).toBe(true);
      expect(typeof volume).toBe('number');
      const usage = `tenants/${id}/usage?meter=api_calls&group_by=endpoint`;
      const counted = await get(usage, 'application/vnd.apache.parquet');
      const calls = await parquetReadObjects({ file: await counted.arrayBuffer() });
      expect(calls[0]?.start instanceof Date).toBe(true);
      expect(Object.keys(calls[0] ?? {})).toEqual(['start', 'group', 'value']);
      const refused = await get(bars, 'image/png');
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
        406,
        'not_acceptable',
      ]);
    },
  },
  {
    name: 'usage streams as server-sent events from a given number on',
    run: async ({ url, tenant }, expect) => {
      const stop = new AbortController();
      const response = await fetch(`${url}/api/v1/usage/stream?since_seq=0`, {
        headers: { authorization: `Bearer ${tenant.token}`, accept: 'text/event-stream' },
        signal: stop.signal,
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString();
        if (/\ndata: .*\n\n/.test(text)) break;
      }
      stop.abort();
      const message = JSON.parse(/\ndata: (.*)\n/.exec(text)?.[1] ?? 'null');
      expect(message).toMatchObject({ type: 'usage' });
      expect(message.seq).toBeGreaterThanOrEqual(1);
      const plain = await callApi(url, 'GET', '/api/v1/usage/stream', tenant);
      expect([plain.status, plain.body.code]).toEqual([400, 'upgrade_required']);
    },
  },
];
