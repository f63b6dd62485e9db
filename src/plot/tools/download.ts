/** Hands a file to the reader of the page. */
export function download(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has begun to read the file when the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name that every file system takes: "Error of T7 plain 38" as error-of-t7-plain-38. */
export function fileNameOf(title: string, extension: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `depthscope-${plain || 'chart'}.${extension}`;
}
