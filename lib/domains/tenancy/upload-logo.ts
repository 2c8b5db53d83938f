import { randomUUID } from 'node:crypto';
import { sha256 } from '@/lib/infra/crypto';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { DomainError, invalidField, notFound } from '@/lib/kernel/errors';
import { changeBranding } from './change-branding';
import { type ImageFacts, imageFacts } from './image-facts';
import type { BrandingDto, LogoVariant } from './schemas';
import { svgFault } from './svg-fault';

/** Largest logo, in bytes. */
export const LOGO_BYTES = 512 * 1024;
const SMALLEST = 16;
const LARGEST = 4096;

const kindOf = (variant: LogoVariant) => `logo_${variant}` as const;

/** Reads at most `LOGO_BYTES` and stops: a sender can't make us keep more. Throws `logo_too_large`. */
async function readAll(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    size += part.byteLength;
    if (size > LOGO_BYTES) {
      throw new DomainError(
        'too_large',
        'logo_too_large',
        'A logo has at most 512 KB. Save it smaller, or as SVG.',
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function checkImage(bytes: Buffer): ImageFacts {
  if (bytes.length === 0) throw invalidField('logo', 'required', 'Choose an image file.');
  const facts = imageFacts(bytes);
  if (!facts) {
    throw new DomainError(
      'unsupported_media',
      'unsupported_image',
      'This file is no PNG, JPEG, WebP or SVG image.',
    );
  }
  const { width, height } = facts;
  if (Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST) {
    throw invalidField(
      'logo',
      'image_size',
      `A logo measures ${SMALLEST} to ${LARGEST} pixels a side; this one is ${width} × ${height}.`,
    );
  }
  const fault = facts.contentType === 'image/svg+xml' ? svgFault(bytes.toString('utf8')) : null;
  if (fault) {
    throw invalidField(
      'logo',
      'unsafe_svg',
      `This SVG can’t be used because it contains ${fault}. Save it as plain SVG, or as PNG.`,
    );
  }
  return facts;
}

/**
 * Puts a logo in place of the one before. The kind is read from the bytes, not believed.
 * Throws `logo_too_large` (413), `unsupported_image` (415), `image_size`, `unsafe_svg`, 402, `forbidden`.
 */
export async function uploadLogo(
  ctx: Ctx,
  variant: LogoVariant,
  content: AsyncIterable<Uint8Array>,
): Promise<BrandingDto> {
  authorise(ctx, 'tenant:write');
  const bytes = await readAll(content);
  const { contentType } = checkImage(bytes);
  const { tenantId } = ctx;
  const kind = kindOf(variant);
  return changeBranding(ctx, 'branding.logo_uploaded', async (tx, before) => {
    const id = randomUUID();
    await tx.tenantAsset.deleteMany({ where: { tenantId, kind } });
    await tx.tenantAsset.create({
      data: {
        tenantId,
        id,
        kind,
        contentType,
        sha256: sha256(bytes),
        bytes: new Uint8Array(bytes),
        createdAt: ctx.clock.now(),
      },
    });
    return { ...before, [kind]: id };
  });
}

/** Takes a logo away. Throws `not_found` when there is none. */
export function removeLogo(ctx: Ctx, variant: LogoVariant): Promise<BrandingDto> {
  const kind = kindOf(variant);
  return changeBranding(ctx, 'branding.logo_removed', async (tx, before) => {
    if (before[kind] === null) throw notFound('logo');
    await tx.tenantAsset.deleteMany({ where: { tenantId: ctx.tenantId, kind } });
    return { ...before, [kind]: null };
  });
}
