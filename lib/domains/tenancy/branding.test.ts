import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  findAsset,
  findPublicTenant,
  getBranding,
  removeLogo,
  updateBranding,
  uploadLogo,
} from '.';
import { imageFacts } from './image-facts';
import { svgFault } from './svg-fault';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

function png(width: number, height: number, extra = 0): Buffer {
  const head = Buffer.alloc(33 + extra);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(head);
  head.write('IHDR', 12);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

async function* parts(...buffers: (Buffer | string)[]): AsyncGenerator<Uint8Array> {
  for (const one of buffers) yield Buffer.from(one);
}

async function enterprise() {
  const owner = await world.owner({ verified: true });
  await world.plan(owner.tenantId, 'enterprise');
  return owner;
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h9v9z"/></svg>';

describe('colours', () => {
  it('are kept, judged, audited, told of and shown on the sign-in page', async () => {
    const { ctx, tenantId, tenant } = await enterprise();
    const branding = await updateBranding(ctx, { accent: '#ffe14d', sidebar: '#10202f' });
    expect(branding).toMatchObject({ accent: '#ffe14d', sidebar: '#10202f', logo_light: null });
    const poor = branding.contrast.filter(({ pass }) => !pass);
    expect(poor.map(({ id }) => id)).toContain('accent_text');
    expect(poor[0]?.message).toMatch(/hard to read/);
    expect(await getBranding(ctx)).toEqual(branding);
    expect(await world.audit(tenantId)).toContain('branding.updated');
    expect(await world.topics(tenantId)).toContain('branding.changed');
    expect((await findPublicTenant(tenant.slug))?.branding.accent).toBe('#ffe14d');
    expect((await updateBranding(ctx, { accent: null })).sidebar).toBe('#10202f');
  });

  it('are refused without the plan and without the role', async () => {
    const { ctx } = await world.owner();
    await expect(updateBranding(ctx, { accent: '#112233' })).rejects.toMatchObject({
      code: 'feature_not_in_plan',
      extra: { upgrade_to: 'enterprise' },
    });
    const unproven = await world.owner();
    await world.plan(unproven.tenantId, 'enterprise');
    await expect(updateBranding(unproven.ctx, { accent: '#112233' })).rejects.toMatchObject({
      code: 'email_not_verified',
    });
    const { tenantId } = await enterprise();
    const { ctx: trader } = await world.member(tenantId, 'trader');
    await expect(updateBranding(trader, { accent: '#112233' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(uploadLogo(trader, 'light', parts(SVG))).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('a logo', () => {
  it('is served by an id that changes with it', async () => {
    const { ctx, tenantId } = await enterprise();
    const first = await uploadLogo(ctx, 'light', parts(png(200, 60)));
    const [, , , tenant = '', asset = ''] = (first.logo_light ?? '').split('/');
    expect(await findAsset(tenant, asset)).toMatchObject({ contentType: 'image/png' });
    const second = await uploadLogo(ctx, 'light', parts(SVG));
    expect(second.logo_light).not.toBe(first.logo_light);
    expect(await findAsset(tenant, asset)).toBeNull();
    const other = await enterprise();
    expect(
      await findAsset(other.tenant.id, (second.logo_light ?? '').split('/')[4] ?? ''),
    ).toBeNull();
    expect((await removeLogo(ctx, 'light')).logo_light).toBeNull();
    await expect(removeLogo(ctx, 'light')).rejects.toMatchObject({ kind: 'not_found' });
    const actions = await world.audit(tenantId);
    expect(actions).toContain('branding.logo_uploaded');
    expect(actions).toContain('branding.logo_removed');
  });

  it.each([
    ['empty', [''], 'required'],
    ['a page', ['<html><script>alert(1)</script></html>'], 'unsupported_image'],
    ['a GIF', ['GIF89a\u0001\u0000\u0001\u0000'], 'unsupported_image'],
    ['too small', [png(8, 8)], 'image_size'],
    ['too wide', [png(9000, 60)], 'image_size'],
    ['too large', [png(200, 60, 300_000), Buffer.alloc(300_000)], 'logo_too_large'],
    ['a drawing with a script', [SVG.replace('<path', '<script>x</script><path')], 'unsafe_svg'],
  ])('%s is refused', async (_, content, code) => {
    const { ctx } = await enterprise();
    await expect(uploadLogo(ctx, 'dark', parts(...content))).rejects.toMatchObject({ code });
  });
});

describe('svgFault', () => {
  it.each([
    SVG,
    `<?xml version="1.0"?>\n<!-- by hand -->${SVG}`,
    '<svg viewBox="0 0 9 9"><style>.a{fill:url(#g)}</style><rect class="a" width="9" height="9"/></svg>',
    '<svg viewBox="0 0 9 9"><defs><linearGradient id="g"/></defs><use xlink:href="#g"/></svg>',
  ])('accepts %s', (source) => {
    expect(svgFault(source)).toBeNull();
  });

  it.each([
    '<svg><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"/>',
    "<svg><rect oNclick='x'/></svg>",
    '<svg><a href="https://example.com"><rect/></a></svg>',
    '<svg><use href="https://example.com/x.svg#a"/></svg>',
    '<svg><use href="&#104;ttps://example.com"/></svg>',
    '<svg><image href="data:image/png;base64,AA"/></svg>',
    '<svg><foreignObject><body/></foreignObject></svg>',
    '<svg><rect style="fill:url(https://example.com/x)"/></svg>',
    '<svg><style>@import "https://example.com";</style></svg>',
    '<svg><style>.a{background:u\\72l(x)}</style></svg>',
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    '<svg><![CDATA[<script>]]></svg>',
    '<svg><animate attributeName="href" to="javascript:x"/></svg>',
    '<svg><rect fill=red onload=x></svg>',
    '<?xml-stylesheet href="https://example.com"?><svg/>',
  ])('refuses %s', (source) => {
    expect(svgFault(source)).not.toBeNull();
  });
});

describe('imageFacts', () => {
  it('reads size and kind from the bytes', () => {
    expect(imageFacts(png(640, 480))).toEqual({
      contentType: 'image/png',
      width: 640,
      height: 480,
    });
    const jpeg = Buffer.from(
      'ffd8ffe000104a46494600010100000100010000ffc0001108012c0190030122',
      'hex',
    );
    expect(imageFacts(jpeg)).toEqual({ contentType: 'image/jpeg', width: 400, height: 300 });
    const webp = Buffer.alloc(30);
    webp.write('RIFF', 0);
    webp.write('WEBPVP8X', 8);
    webp.writeUIntLE(319, 24, 3);
    webp.writeUIntLE(99, 27, 3);
    expect(imageFacts(webp)).toEqual({ contentType: 'image/webp', width: 320, height: 100 });
    expect(imageFacts(Buffer.from(SVG))).toMatchObject({ width: 120, height: 40 });
    expect(imageFacts(Buffer.from('ffd8', 'hex'))).toBeNull();
  });
});
