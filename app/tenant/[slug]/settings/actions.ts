'use server';

import { z } from 'zod';
import {
  brandingChange,
  logoVariantSchema,
  removeLogo,
  tenantChange,
  updateBranding,
  updateTenant,
  uploadLogo,
} from '@/lib/domains/tenancy';
import { defineAction } from '@/lib/transport/define-action';
import { refreshShell } from '../refresh-shell';

export const updateTenantAction = defineAction(
  { name: 'settings.update', access: 'tenant', input: tenantChange },
  async ({ ctx, input }) => {
    const data = await updateTenant(ctx, input);
    refreshShell();
    return { data };
  },
);

export const updateBrandingAction = defineAction(
  { name: 'branding.update', access: 'tenant', input: brandingChange },
  async ({ ctx, input }) => {
    const data = await updateBranding(ctx, input);
    refreshShell();
    return { data };
  },
);

export const uploadLogoAction = defineAction(
  {
    name: 'branding.upload-logo',
    access: 'tenant',
    input: z.strictObject({ variant: logoVariantSchema, logo: z.instanceof(File) }),
  },
  async ({ ctx, input }) => {
    const data = await uploadLogo(ctx, input.variant, input.logo.stream());
    refreshShell();
    return { data };
  },
);

export const removeLogoAction = defineAction(
  {
    name: 'branding.remove-logo',
    access: 'tenant',
    input: z.strictObject({ variant: logoVariantSchema }),
  },
  async ({ ctx, input }) => {
    const data = await removeLogo(ctx, input.variant);
    refreshShell();
    return { data };
  },
);
