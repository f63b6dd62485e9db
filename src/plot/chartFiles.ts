/** Charts as files that stand on their own. */
import { pngPicture, svgPicture } from './picture.ts';
import { type ChartContent, csvOf } from './table.ts';

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

/** A name that every file system takes: "Error of Plain, 38 layers" as error-of-t7-plain-38. */
export function fileNameOf(title: string, extension: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `depthscope-${plain || 'chart'}.${extension}`;
}

/**
 * Saves what a chart shows as a file.
 *
 * @param figure what a picture shows; without one there is none
 * @param about where its figures come from, a line each
 */
export async function saveChart(
  format: 'svg' | 'png' | 'csv',
  { title, subtitle, summary, table }: ChartContent,
  figure: HTMLElement | null,
  about: readonly string[],
): Promise<void> {
  if (format === 'csv') {
    const csv = csvOf(table, [title, ...(subtitle ? [subtitle] : []), summary, ...about]);
    download(new Blob([csv], { type: 'text/csv;charset=utf-8' }), fileNameOf(title, 'csv'));
    return;
  }
  if (!figure) return;
  const svg = svgPicture(figure, { title, summary, about });
  const blob = format === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngPicture(svg);
  download(blob, fileNameOf(title, format));
}
