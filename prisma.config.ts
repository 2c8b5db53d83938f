import { defineConfig } from 'prisma/config';

// For the stock command line only; the product migrates with prisma/migrate.ts on the same history.
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/neozork' },
});
