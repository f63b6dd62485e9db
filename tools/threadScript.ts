/**
 * tfjs' wasm backend starts its threads from the source text of one of its own functions
 * (`toString()`). A minifier renames what the function refers to and drops the test for what a
 * thread does not have, so in a minified build every thread ends with a ReferenceError and training
 * waits for it for ever. This plugin gives threads the file as it was published instead.
 */
import type { Plugin } from 'vite';

const backend = /tfjs-backend-wasm\/dist\/backend_wasm\.js$/;
const fromSourceText =
  /new Blob\(\[`var WasmBackendModuleThreadedSimd = ` \+\s*wasmFactoryThreadedSimd\.toString\(\)\], \{ type: 'text\/javascript' \}\)/;

export function publishedThreadScript(): Plugin {
  return {
    name: 'published-thread-script',
    apply: 'build',
    transform: {
      filter: { id: backend },
      handler(code) {
        if (!fromSourceText.test(code))
          this.error('tfjs-backend-wasm starts its threads in another way than it used to.');
        const url = "import threadScript from '../wasm-out/tfjs-backend-wasm-threaded-simd.js?url';\n";
        return { code: url + code.replace(fromSourceText, 'new URL(threadScript, import.meta.url).href'), map: null };
      },
    },
  };
}
