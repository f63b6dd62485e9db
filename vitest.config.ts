import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { browserFlags, findBrowser } from './tools/browser.ts';
import viteConfig from './vite.config.ts';

/**
 * SwiftShader compiles a kernel with barriers in half the time where memory of workgroups is not cleared first. Ours write before they read,
 * which tests hold them to in this way.
 */
const fasterKernels = '--enable-dawn-features=disable_workgroup_init';

/** What is waited for in a page and has not come after so long does not come, on busy machines either: the test fails then, long before it is ended. */
const LONGEST_WAIT_MS = 60_000;

/** Two suites: `unit` runs in Node, `browser` (`*.browser.test.ts`) in a real Chromium with WebGPU on SwiftShader. */
export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      setupFiles: ['./vitest.setup.ts'],
      provide: {
        propertySeed: Number(process.env.PROPERTY_SEED ?? 1),
        propertyRuns: Number(process.env.PROPERTY_RUNS ?? 1),
        lessonSeeds: (process.env.LESSON_SEEDS ?? '1').split(',').map(Number),
      },
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            environment: 'node',
            // Most files take less than their imports do: files of a worker share what they import.
            isolate: false,
            // No test is about time: the limit ends what hangs, on busy machines too.
            testTimeout: 300_000,
            include: ['{src,tools}/**/*.test.{ts,tsx}'],
            exclude: ['**/*.browser.test.*'],
          },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            include: ['{src,tools}/**/*.browser.test.{ts,tsx}'],
            testTimeout: 300_000,
            expect: { poll: { timeout: LONGEST_WAIT_MS } },
            fileParallelism: false,
            // As above; what a file leaves behind, others have to bear.
            isolate: false,
            browser: {
              enabled: true,
              // Busy machines take a while to open a browser.
              connectTimeout: 300_000,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                actionTimeout: LONGEST_WAIT_MS,
                launchOptions: { executablePath: findBrowser(), args: [...browserFlags, fasterKernels] },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  }),
);
