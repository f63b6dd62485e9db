/** Images that the script hands to the headless lab's page: read by the page's own readers. */
import { chosenFiles, importFiles } from '../../../src/app/data/importer.ts';
import { type DataRef, imagesFile } from '../../../src/experiment/dataRef.ts';
import { download } from '../../../src/plot/chartFiles.ts';
import { bring } from '../../../src/session/worker/client.ts';
import { reportEnd, reportLines } from './reports.ts';

function read(files: FileList, use: (data: DataRef) => void): void {
  const importer = importFiles(chosenFiles(files), (event) => {
    if (event.type === 'refused') reportEnd({ refused: event.problem });
    if (event.type === 'preview') {
      const { title, side, channels, train, test, classes, notes } = event.preview;
      const counted = classes.map((each) => ({ name: each.name, train: each.train, test: each.test }));
      reportLines([JSON.stringify({ type: 'data', title, side, channels, train, test, classes: counted, notes })]);
      importer.send({ type: 'pack', title });
    }
    if (event.type === 'packed') {
      reportLines([JSON.stringify({ type: 'dataName', ...event.ref })]);
      bring(event.ref.id, event.blob);
      if (new URLSearchParams(location.search).get('data') === 'saved') download(event.blob, imagesFile(event.ref));
      importer.stop();
      use(event.ref);
    }
  });
}

/** Waits for files or a folder. */
export function receiveData(use: (data: DataRef) => void): void {
  for (const id of ['files', 'folder']) {
    const input = document.getElementById(id) as HTMLInputElement | null;
    if (!input) continue;
    const take = () => input.files && input.files.length > 0 && read(input.files, use);
    // They may have been handed over before this was here.
    take();
    input.addEventListener('change', take);
  }
}
