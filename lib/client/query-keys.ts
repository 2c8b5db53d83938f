/** Names of what pages keep from the API; the tenant goes first, so that nothing is shared between two. */
export const queryKeys = {
  sessions: (tenant: string) => [tenant, 'sessions'] as const,
  currentUsage: (tenant: string) => [tenant, 'usage', 'current'] as const,
  usageSeries: (tenant: string, query: Record<string, string>) =>
    [tenant, 'usage', 'series', query] as const,
};
