import { Prisma } from '@/lib/infra/db';

/** Text for LIKE that means itself. */
export const likeText = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** All conditions that are there; where none is, every row. */
export function allOf(...asked: readonly (Prisma.Sql | '' | undefined)[]): Prisma.Sql {
  const conditions = asked.filter((one) => !!one);
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : Prisma.sql`true`;
}
