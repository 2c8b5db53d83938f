import pg from 'pg';

/** Tables of tenants with the columns that can be written. */
const TABLES = `
  SELECT c.table_name AS table, string_agg(quote_ident(c.column_name), ', ') AS columns
  FROM information_schema.columns c
  JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
  GROUP BY c.table_name HAVING bool_or(c.column_name = 'tenant_id') ORDER BY c.table_name`;

/**
 * Remembers every row of a tenant, its own included, and answers how to put all of them back as they were:
 * what no request can do, since final invoices stay and logs only grow.
 */
export async function rememberTenant(
  admin: pg.Client,
  tenantId: string,
): Promise<() => Promise<void>> {
  const { rows: tables } = await admin.query<{ table: string; columns: string }>(TABLES);
  const id = pg.escapeLiteral(tenantId);
  const kept = [
    ...tables.map(({ table, columns }) => ({ table, columns, where: `tenant_id = ${id}` })),
    { table: 'tenant', columns: '*', where: `id = ${id}` },
  ].map((each, index) => ({
    ...each,
    name: pg.escapeIdentifier(each.table),
    copy: `kept_${index}`,
  }));
  await admin.query(
    kept
      .map(({ copy, columns, name, where }) => {
        return `DROP TABLE IF EXISTS pg_temp.${copy};
          CREATE TEMP TABLE ${copy} AS SELECT ${columns} FROM public.${name} WHERE ${where};`;
      })
      .join('\n'),
  );
  const putBack = kept.map(({ copy, columns, name, where }) => {
    const names = columns === '*' ? '' : `(${columns})`;
    return `DELETE FROM public.${name} WHERE ${where};
      INSERT INTO public.${name} ${names} OVERRIDING SYSTEM VALUE SELECT * FROM ${copy};`;
  });
  return async () => {
    // Without triggers and foreign keys: rows go and come back in no order.
    await admin.query(
      `BEGIN; SET LOCAL session_replication_role = 'replica'; ${putBack.join('\n')} COMMIT`,
    );
  };
}
