import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { joined, textBytes } from './madeUp.ts';
import { fileOfBlob } from './sourceFile.ts';
import { zipMembers } from './zip.ts';

/** A zip (APPNOTE 4.3) of files that are stored as they are, whose table of contents names the last one first. */
function zipNamedBackwards(files: number, contentOf: (file: number) => Uint8Array): Uint8Array<ArrayBuffer> {
  const contents: Uint8Array[] = [];
  const table: Uint8Array[] = [];
  let offset = 0;
  for (let i = 0; i < files; i++) {
    const [name, content] = [textBytes(`${i}`), contentOf(i)];
    const record = new DataView(new ArrayBuffer(46));
    record.setUint32(0, 0x02014b50, true);
    record.setUint32(16, crc32(content), true);
    record.setUint32(20, content.length, true);
    record.setUint32(24, content.length, true);
    record.setUint16(28, name.length, true);
    record.setUint32(42, offset, true);
    const fields = new Uint8Array(record.buffer);
    table.push(joined(fields, name));
    // What stands in front of a file is the same from its third field to the lengths.
    contents.push(joined(textBytes('PK\x03\x04'), fields.subarray(6, 32), name, content));
    offset += 30 + name.length + content.length;
  }
  const [all, names] = [Buffer.concat(contents), Buffer.concat(table.reverse())];
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files, true);
  end.setUint16(10, files, true);
  end.setUint32(12, names.length, true);
  end.setUint32(16, all.length, true);
  return joined(all, names, new Uint8Array(end.buffer));
}

/** Notes down how much is read of it at a time. */
class ReadBlob extends Blob {
  readonly reads: number[] = [];

  override slice(from = 0, to = this.size, type?: string): Blob {
    this.reads.push(to - from);
    return super.slice(from, to, type);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    this.reads.push(this.size);
    return super.arrayBuffer();
  }
}

it('an archive is read once, from its beginning to its end, in a few long stretches, in whatever order its table names the files', async () => {
  const [files, bytesEach] = [160, 100_000];
  const blob = new ReadBlob([zipNamedBackwards(files, (i) => new Uint8Array(bytesEach).fill(i))]);
  const members = await zipMembers(fileOfBlob('a.zip', blob));
  expect(members.map(({ path }) => path)).toEqual(Array.from({ length: files }, (_, i) => `a.zip/${i}`));
  for (const [i, member] of members.entries()) {
    const content = await member.bytes();
    expect(Buffer.compare(content, new Uint8Array(bytesEach).fill(i))).toBe(0);
  }
  // Beside the files: their headers, the table of contents, and what stands at the end of a stretch and is read again with the next.
  expect(blob.reads.reduce((sum, bytes) => sum + bytes)).toBeLessThan(1.2 * blob.size);
  expect(Math.max(...blob.reads)).toBeLessThan(blob.size / 3);
  expect(blob.reads.length).toBeLessThan(files / 10);
});

it('of 10,000 small files little more is kept than their names, also on the way', async () => {
  const program = `
    const { parentPort, workerData } = require('node:worker_threads');
    import('tsx/esm/api').then(async ({ tsImport }) => {
      const { zipMembers } = await tsImport(workerData.zip, workerData.zip);
      const file = { path: 'a.zip', blob: new Blob([workerData.bytes]) };
      parentPort.postMessage((await zipMembers(file)).length);
    });`;
  const workerData = {
    zip: new URL('./zip.ts', import.meta.url).href,
    bytes: zipNamedBackwards(10_000, () => new Uint8Array(1)),
  };
  // Whatever takes more ends with the worker.
  const worker = new Worker(program, {
    eval: true,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 16 },
  });
  const members = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  await worker.terminate();
  expect(members).toBe(10_000);
});
