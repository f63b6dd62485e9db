import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compiledOnTheWay, firstFiles } from './tools/firstFiles.ts';
import { noteTensorFlow, offlineFiles } from './tools/offlineFiles.ts';
import { preloadApplication } from './tools/preloadApplication.ts';
import { builtHeaders, commonHeaders, lastingFiles, policiesInPages } from './tools/siteHeaders.ts';
import { staticPages } from './tools/staticPages.ts';
import { publishedThreadScript } from './tools/threadScript.ts';

/** What other people's pages load to hold an embed, and what stands beside one in a SCORM package: under addresses that stay. */
const hostScripts = { 'embed/v1': 'src/embed/v1.ts', 'embed/scorm': 'src/embed/scorm.ts' };

export default defineConfig({
  // Relative addresses: the built page works under any path, and from another site's iframe.
  base: './',
  // What does not exist is answered with 404, not with the page.
  appType: 'mpa',
  plugins: [
    react(),
    publishedThreadScript(),
    policiesInPages(),
    lastingFiles(),
    preloadApplication(),
    compiledOnTheWay(),
    staticPages(process.env.SITE_URL),
    noteTensorFlow(),
    offlineFiles(),
  ],
  server: { headers: commonHeaders },
  preview: { headers: builtHeaders },
  worker: { format: 'es', plugins: () => [publishedThreadScript(), noteTensorFlow()] },
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
      'd3-array',
      'd3-color',
      'd3-contour',
      'd3-dsv',
      'd3-path',
      'd3-random',
      'd3-scale-chromatic',
      'd3-shape',
      'react',
      'react-aria-components',
      'react-aria-components/Button',
      'react-aria-components/ProgressBar',
      'react-aria-components/RadioGroup',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'temml',
      '@zip.js/zip.js',
      'modern-tar',
      'valibot',
      'zustand',
      'zustand/vanilla',
    ],
  },
  build: {
    target: 'es2023',
    rolldownOptions: {
      input: {
        page: 'index.html',
        lab: 'lab.html',
        teachers: 'teachers.html',
        ...hostScripts,
      },
      // Other people's pages import what the host script exports, under an address that stays.
      preserveEntrySignatures: 'allow-extension',
      output: {
        codeSplitting: { groups: [firstFiles()] },
        entryFileNames: ({ name }) => (name in hostScripts ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
