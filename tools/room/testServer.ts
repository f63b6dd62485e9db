/** A server of classes alone, for tests that kill it: `testServer.ts PORT FOLDER [REDIS_URL]`. */
import { createServer } from 'node:http';
import { serveClasses } from './serve.ts';

const [port, folder = '', redisUrl = null] = process.argv.slice(2);
const http = createServer();
await serveClasses(http, { folder, redisUrl });
http.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
