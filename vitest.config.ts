import { defineConfig } from 'vitest/config';

const setupFiles = ['test/fixed-seed.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'architecture', include: ['test/architecture.test.ts'] } },
      {
        test: {
          setupFiles,
          name: 'unit',
          include: ['src/**/*.test.ts', 'reference-server/**/*.test.ts', 'test/language/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      { test: { setupFiles, name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { setupFiles, name: 'interop', include: ['test/interop/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          setupFiles,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
