import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { publishedThreadScript } from './tools/threadScript.ts';

/**
 * Cross-origin isolation: without it the browser gives no shared memory, and WebAssembly no threads. Anybody may load the page's files, since in a
 * sandboxed frame the page itself is nobody in particular.
 */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

export default defineConfig({
  // Relative addresses: the built page works under any path, and from another site's iframe.
  base: './',
  plugins: [react(), publishedThreadScript()],
  server: { headers: isolation },
  preview: { headers: isolation },
  worker: { format: 'es', plugins: () => [publishedThreadScript()] },
  // Imported on demand, some of them only in the worker or by some tests: found late, they would make the development server reload the page.
  optimizeDeps: {
    include: [
      '@jax-js/jax',
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgl',
      '@tensorflow/tfjs-backend-webgpu',
      'comlink',
      'd3',
      'react',
      'react-aria-components',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'temml',
      'valibot',
      'zustand',
      'zustand/vanilla',
    ],
  },
  build: {
    target: 'es2023',
    rolldownOptions: { input: { page: 'index.html', lab: 'lab.html', teachers: 'teachers.html' } },
  },
});
