/** The words of classes: runs that are handed in and collected, and a class that meets over a server. */
import { number, plural } from '../format.ts';

const runs = (count: number) => plural(count, { one: '# run', other: '# runs' });

export const classroom = {
  handIn: {
    what: 'This is the run with its errors, as a text. Send it to whoever collects the runs of your class: by chat, forum or mail, or hold the code before their camera. It holds no name.',
    text: 'The run as a text',
    copyText: 'Copy the text',
    copyLink: 'Copy a link',
    copied: 'Copied.',
    refused: 'The browser does not let this page copy. Select the text and copy it yourself.',
    qr: 'QR code of the run',
    tooLong: 'The run is too long for a QR code. Send its text.',
    none: 'No run has finished that its link alone repeats: train one to its end, without grafted weights and without changing the learning rate on the way.',
  },

  collect: {
    title: 'Collect the runs of a class',
    what: 'Everybody trains a network and presses “Hand in”. Put here what they send: their texts or links, any number at once, with whatever stands between them, or files of records. A run that is sent twice counts once. No network is needed, and nothing leaves this browser.',
    paste: 'Texts or links of runs',
    take: 'Take these runs',
    files: 'Open files',
    pasted: 'The pasted text',
    scanned: 'The code',
    linked: 'The link',
    camera: {
      start: 'Scan with the camera',
      stop: 'Stop the camera',
      hold: 'Hold a code before the camera. Each is taken as soon as it is read.',
      picture: 'Picture of the camera',
      refused: 'The camera was not allowed. Allow it in the address bar, or paste the texts.',
      none: 'There is no camera here. Paste the texts.',
      failed: 'The camera does not start; another program may be using it. Paste the texts.',
      insecure: 'This page has no secure connection (https), so it may not use a camera. Paste the texts.',
    },
    runs: (count: number) => `${runs(count)} collected`,
    save: 'Save records',
    clear: 'Remove all',
    remove: 'Remove',
  },

  charts: {
    heading: 'The figure of the class',
    titles: { train: 'Training error by depth', test: 'Test error by depth' },
    subtitle: 'every run a dot',
    others: (count: number) =>
      `${plural(count, { one: '# run has', other: '# runs have' })} other settings than the rest and cannot be compared over depth: listed below, and not drawn.`,
  },

  results: {
    region: 'Runs of the class',
    columns: ['Network', 'Training / test error', 'Trained again here', 'Engine', ''] as const,
    name: (network: string, seed: number) => `${network}, seed ${number(seed)}`,
    struck: (name: string) => `${name} (struck)`,
    open: 'Open in the lab',
    openName: (name: string) => `Open ${name} in the lab`,
  },
};
