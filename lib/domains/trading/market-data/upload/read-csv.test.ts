import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedClock } from '@/lib/kernel/clock';
import type { Timeframe } from '../timeframe';
import { localTime } from './local-time';
import { type BarsFormat, receiveBars } from './receive-bars';
import { readNumber } from './read-number';
import { TimeReader } from './read-time';
import { RowStore } from './row-store';

const clock = fixedClock(new Date('2026-03-10T12:00:00Z'));

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  text: string | Buffer,
  options: { timeframe?: Timeframe; timezone?: string; size?: number; format?: BarsFormat } = {},
) {
  const store = new RowStore(4);
  const { size = 7, timeframe = '1d', timezone = 'UTC', format = 'csv' } = options;
  try {
    const report = await receiveBars(pieces(Buffer.from(text), size), store, {
      format,
      timeframe,
      timezone,
      clock,
      limit: 1_000_000,
    });
    const rows: number[][] = [];
    for await (const { time, open, high, low, close, volume } of store.blocks()) {
      time.forEach((at, index) => {
        rows.push([
          at,
          ...[open, high, low, close, volume].map((column) => column[index] as number),
        ]);
      });
    }
    return { report, rows };
  } finally {
    await store.close();
  }
}

const GOOD = [Date.UTC(2020, 0, 2), 1, 3, 0.5, 2, 10];
const faults = async (...lines: string[]) => {
  const text = ['time,open,high,low,close,volume', ...lines].join('\n');
  return (await read(text, { size: 1_000 })).report.rejected;
};

describe('numbers', () => {
  const number = (text: string) => readNumber(Buffer.from(text), 0, text.length);

  it('are the same as JavaScript reads them, to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(number(String(value))).toBe(Number(String(value)));
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 0, max: 9 }), (n, d) => {
        const text = (n / 10 ** d).toFixed(d);
        expect(number(text)).toBe(Number(text));
      }),
    );
  });

  it.each(['', '-', '.', '1.2.3', '1,5', 'abc', '0x10', 'NaN', 'Infinity', '1e', '١', '1 2'])(
    'are not: %s',
    (text) => {
      expect(readNumber(Buffer.from(text), 0, Buffer.byteLength(text))).toBeNaN();
    },
  );
});

describe('times', () => {
  const time = (text: string) => new TimeReader().read(Buffer.from(text), 0, text.length);
  const noon = Date.UTC(2020, 0, 2, 12, 30, 15);

  it.each([
    ['2020-01-02', Date.UTC(2020, 0, 2)],
    ['2020.01.02', Date.UTC(2020, 0, 2)],
    ['2020/01/02', Date.UTC(2020, 0, 2)],
    ['20200102', Date.UTC(2020, 0, 2)],
    ['2020-01-02T12:30:15Z', noon],
    ['2020-01-02 12:30:15', noon],
    ['2020-01-02T12:30:15.250Z', noon + 250],
    ['2020-01-02T14:30:15+02:00', noon],
    ['2020-01-02T14:30:15+0200', noon],
    ['2020-01-02 12:30', noon - 15_000],
    ['20200102 123015', noon],
    [String(noon / 1000), noon],
    [String(noon), noon],
    [`${noon / 1000}.5`, noon + 500],
  ])('%s', (text, expected) => {
    expect(time(text)).toBe(expected);
  });

  it.each(['', '02/01/2020', '2020-13-01', '2020-02-30', '2020-01-02T25:00Z', '2020-01-02x', '12'])(
    'are not: %s',
    (text) => {
      expect(time(text)).toBeNaN();
    },
  );

  it('agree with the platform for every day of two centuries', () => {
    const wrong: string[] = [];
    for (let day = Date.UTC(1900, 0, 1); day < Date.UTC(2100, 0, 1); day += 86_400_000) {
      const text = new Date(day).toISOString().slice(0, 10);
      if (time(text) !== day) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  it('without an offset are read in the instrument’s zone, over the change of clocks', () => {
    const london = localTime('Europe/London');
    expect(london(Date.UTC(2020, 0, 15, 9))).toBe(Date.UTC(2020, 0, 15, 9));
    expect(london(Date.UTC(2020, 6, 15, 9))).toBe(Date.UTC(2020, 6, 15, 8));
    expect(london(Date.UTC(2020, 2, 29, 0, 30))).toBe(Date.UTC(2020, 2, 29, 0, 30));
    expect(london(Date.UTC(2020, 2, 29, 3, 0))).toBe(Date.UTC(2020, 2, 29, 2, 0));
    expect(london(Date.UTC(2020, 9, 25, 1, 30))).toBe(Date.UTC(2020, 9, 25, 0, 30));
    expect(localTime('America/New_York')(Date.UTC(2020, 0, 2, 9, 30))).toBe(
      Date.UTC(2020, 0, 2, 14, 30),
    );
  });
});

describe('files', () => {
  it.each([
    ['plain', 'time,open,high,low,close,volume\n2020-01-02,1,3,0.5,2,10\n'],
    ['without the last line end', 'time,open,high,low,close,volume\n2020-01-02,1,3,0.5,2,10'],
    [
      'with a mark and CRLF',
      '\ufeffTime,Open,High,Low,Close,Volume\r\n2020-01-02,1,3,0.5,2,10\r\n',
    ],
    ['with semicolons', 'Date;Open;High;Low;Close;Vol\n2020-01-02;1;3;0.5;2;10\n'],
    [
      'with quotes',
      '"Date","Open","High","Low","Close","Volume"\n"2020-01-02","1","3",0.5,"2","10"\n',
    ],
    ['in another order', 'volume,close,low,high,open,timestamp\n10,2,0.5,3,1,1577923200\n'],
    [
      'with further columns',
      'date,open,high,low,close,adj close,volume\n2020-01-02,1,3,0.5,2,7,10\n',
    ],
    [
      'of MetaTrader',
      '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2020.01.02\t00:00:00\t1\t3\t0.5\t2\t10\t0\t7\n',
    ],
    [
      'of MetaTrader, daily',
      '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\n2020.01.02\t1\t3\t0.5\t2\t10\n',
    ],
    ['with empty lines', 'time,open,high,low,close,volume\n\n2020-01-02,1,3,0.5,2,10\n\n \n'],
  ])('%s', async (_name, text) => {
    const { rows, report } = await read(text);
    expect(report.rejected).toEqual([]);
    expect(rows).toEqual([GOOD]);
  });

  it('read the same in pieces of any size', async () => {
    const lines = Array.from(
      { length: 20 },
      (_, i) => `2020-01-${String(i + 1).padStart(2, '0')},1,3,"0.5",2,`,
    );
    const text = ['time,open,high,low,close,volume', ...lines, '"2020-02-01,1,3,1,2,1'].join(
      '\r\n',
    );
    const whole = await read(text, { size: 100_000 });
    expect(whole.rows).toHaveLength(20);
    expect(whole.report.rejected).toMatchObject([{ line: 22, code: 'bad_quotes' }]);
    for (const size of [1, 2, 3, 13, 64]) {
      expect(await read(text, { size })).toEqual(whole);
    }
  });

  it('are refused as a whole when the columns are not there', async () => {
    await expect(read('time,open,close\n')).rejects.toMatchObject({
      code: 'wrong_columns',
      detail: 'The columns high, low are missing. Found: time, open, close.',
      errors: [{ path: 'header.high' }, { path: 'header.low' }],
    });
    await expect(read('2020-01-02,1,3,0.5,2,10\n')).rejects.toMatchObject({
      code: 'header_missing',
    });
    await expect(read('time,open,high,low,close,close\n')).rejects.toMatchObject({
      errors: [{ code: 'duplicate_column' }],
    });
    await expect(read('')).rejects.toMatchObject({ code: 'empty_file' });
    await expect(read('time,open,high,low,close\n')).rejects.toMatchObject({ code: 'no_rows' });
    await expect(read(Buffer.from('time,open', 'utf16le'))).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(read('PK\u0003\u0004\u0000binary\n')).rejects.toMatchObject({ code: 'not_csv' });
    await expect(read('x'.repeat(200_000))).rejects.toMatchObject({ code: 'not_csv' });
  });

  it('stop at the limit of their size', async () => {
    await expect(
      read(`time,open\n${'x'.repeat(1_000_001)}`, { size: 4_096 }),
    ).rejects.toMatchObject({
      kind: 'invalid',
    });
    const long = `time,open,high,low,close\n${'2020-01-02,1,1,1,1\n'.repeat(60_000)}`;
    await expect(read(long, { size: 65_536 })).rejects.toMatchObject({
      kind: 'too_large',
      code: 'upload_too_large',
    });
  });
});

describe('rows', () => {
  it.each([
    ['2020-01-02,1,3,0.5,2', 'wrong_field_count'],
    ['2020-01-02,1,3,0.5,2,10,9', 'wrong_field_count'],
    ['02/01/2020,1,3,0.5,2,10', 'bad_time'],
    [',1,3,0.5,2,10', 'bad_time'],
    ['1850-01-02,1,3,0.5,2,10', 'time_out_of_range'],
    ['2026-03-20,1,3,0.5,2,10', 'time_in_future'],
    ['2020-01-02,one,3,0.5,2,10', 'bad_number'],
    ['2020-01-02,1,,0.5,2,10', 'bad_number'],
    ['2020-01-02,1,3,0.5,2,many', 'bad_number'],
    ['2020-01-02,0,3,0,2,10', 'not_positive'],
    ['2020-01-02,-1,3,0.5,2,10', 'not_positive'],
    ['2020-01-02,1,3,0.5,2,-10', 'negative_volume'],
    ['2020-01-02,1,0.4,0.5,2,10', 'high_below_low'],
    ['2020-01-02,4,3,0.5,2,10', 'open_outside_range'],
    ['2020-01-02,1,3,0.5,9,10', 'close_outside_range'],
  ])('%s: %s', async (line, code) => {
    expect(await faults(line)).toMatchObject([{ line: 2, code }]);
  });

  it('that never end are reported once, and the next are read', async () => {
    const long = `2020-01-02,1,3,0.5,2,${'1'.repeat(200_000)}`;
    const found = await faults(long, '2020-01-03,1,3,0.5,2,10', 'nonsense');
    expect(found.map(({ line, code }) => [line, code])).toEqual([
      [2, 'row_too_long'],
      [4, 'wrong_field_count'],
    ]);
  });

  it('of one period are there once, wherever they stand', async () => {
    const rows = Array.from({ length: 3 }, (_, i) => `2020-01-0${i + 1},1,3,0.5,2,10`);
    const found = await faults(...rows, '2020-01-01T05:00Z,1,3,0.5,2,10', '2020-01-04,1,3,0.5,2,1');
    expect(found).toMatchObject([{ line: 5, code: 'duplicate_time' }]);
  });

  it('show that minutes were sent as days', async () => {
    const minutes = Array.from({ length: 5 }, (_, i) => `2020-01-02T09:0${i}Z,1,3,0.5,2,10`);
    expect((await faults(...minutes)).map(({ code }) => code)).toEqual(
      Array(4).fill('duplicate_time'),
    );
  });

  it('report the first thousand faults and count them all', async () => {
    const bad = Array.from({ length: 1_500 }, () => 'nonsense');
    const { report } = await read(['time,open,high,low,close', ...bad].join('\n'), {
      size: 65_536,
    });
    expect(report.rejectedCount).toBe(1_500);
    expect(report.rejected).toHaveLength(1_000);
  });
});

describe('JSON', () => {
  const json = (text: string, size = 5) => read(text, { format: 'json', size });
  const bar = '{"time":"2020-01-02","open":1,"high":3,"low":0.5,"close":2,"volume":10}';

  it('is read bar by bar', async () => {
    const text = ` { "bars" : [ ${bar} , {"time":1578009600,"open":1,"high":1,"low":1,"close":1} ] } `;
    for (const size of [1, 3, 1_000]) {
      const { rows, report } = await json(text, size);
      expect(report.rejected).toEqual([]);
      expect(rows).toEqual([GOOD, [Date.UTC(2020, 0, 3), 1, 1, 1, 1, 0]]);
    }
  });

  it.each([
    [`{"bars":[{"time":"2020-01-02","open":"1","high":3,"low":0.5,"close":2}]}`, 'bad_number'],
    [`{"bars":[{"time":"soon","open":1,"high":3,"low":0.5,"close":2}]}`, 'bad_time'],
    [`{"bars":[{"open":1,"high":3,"low":0.5,"close":2}]}`, 'missing_field'],
    [`{"bars":[{"time":"2020-01-02","o\\u007dpen":1}]}`, 'unknown_field'],
    [
      `{"bars":[{"time":"2020-01-02","open":1,"high":3,"low":0.5,"close":2,"x":{}}]}`,
      'unknown_field',
    ],
  ])('reports %s', async (text, code) => {
    expect((await json(text)).report.rejected).toMatchObject([{ line: 1, code }]);
  });

  it('reports what is no object at its place and takes the rest', async () => {
    const odd = ['1', '"a,]}\\"b"', 'null', 'true', '[{"time":1},[]]', '-1.5e3', '{}'];
    const text = `{"bars":[${odd.join(',')} , ${bar},2]}`;
    for (const size of [1, 2, 7, 1_000]) {
      const { rows, report } = await json(text, size);
      expect(rows).toEqual([GOOD]);
      expect(report.rejected.map(({ line, code }) => [line, code])).toEqual([
        ...[1, 2, 3, 4, 5, 6].map((line) => [line, 'not_an_object']),
        [7, 'missing_field'],
        [9, 'not_an_object'],
      ]);
    }
  });

  it.each([
    ['', 'empty_body'],
    ['{"bars":[]}', 'no_rows'],
    ['{"bars":', 'malformed_json'],
    [`{"bars":[${bar}`, 'malformed_json'],
    [`{"bars":[${bar},]}`, 'malformed_json'],
    [`{"bars":[${bar}${bar}]}`, 'malformed_json'],
    [`{"bars":[${bar},,${bar}]}`, 'malformed_json'],
    [`{"bars":[${bar}]}]`, 'malformed_json'],
    [`{"bars":[{open:1}]}`, 'malformed_json'],
    [`{"bars":[,${bar}]}`, 'malformed_json'],
    [`{"bars":[${bar}]`, 'malformed_json'],
    ['{"bars":[1 2]}', 'malformed_json'],
    ['{"bars":["a""b"]}', 'malformed_json'],
    ['{"bars":[[1}]}', 'malformed_json'],
    ['{"bars":[tru]}', 'malformed_json'],
    ['{"bars":["a]}', 'malformed_json'],
    [`[${bar}]`, 'invalid_body'],
    ['[1', 'malformed_json'],
    ['"bars"', 'invalid_body'],
    ['7', 'invalid_body'],
    [`{"rows":[${bar}]}`, 'unknown_field'],
    ['{}', 'required'],
    [`{"bars":{"time":1}}`, 'invalid_type'],
    [`{"bars":"${'x'.repeat(2_000)}"}`, 'invalid_body'],
    [`{"bars":[${bar}],"other":1}`, 'unknown_field'],
    [`{"bars":[${bar}],"bars":[${bar}]}`, 'invalid_type'],
    ['{"bars":null}', 'invalid_type'],
    ['{"bars":5}', 'invalid_type'],
  ])('refuses %s', async (text, code) => {
    await expect(json(text)).rejects.toMatchObject({ code });
  });
});
