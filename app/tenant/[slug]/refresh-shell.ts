import { revalidatePath } from 'next/cache';

/** What stands in the shell (plan, trial, limits, name) changed, so every page of the tenant is stale. */
export const refreshShell = () => revalidatePath('/tenant/[slug]', 'layout');
