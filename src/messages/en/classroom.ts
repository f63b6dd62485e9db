/** The words of classes: runs that are handed in and collected, and a class that meets over a server. */
import { number, plural } from '../format.ts';

const runs = (count: number) => plural(count, { one: '# run', other: '# runs' });

const colours = ['red', 'orange', 'yellow', 'green', 'blue', 'violet', 'brown', 'grey'];
const animals = [
  'fox',
  'owl',
  'bear',
  'hare',
  'wolf',
  'seal',
  'crow',
  'deer',
  'toad',
  'swan',
  'lynx',
  'mole',
  'crab',
  'goat',
  'moth',
  'duck',
  'otter',
  'heron',
  'tiger',
  'whale',
  'camel',
  'panda',
  'gecko',
  'raven',
  'zebra',
  'koala',
  'snail',
  'horse',
  'sloth',
  'llama',
  'robin',
  'shrew',
];

export const classroom = {
  /** Of a member by its number, in place of a name. */
  nameOf: (member: number) => {
    const [round, animal] = [Math.floor(member / animals.length), animals[member % animals.length]];
    const again = Math.floor(round / colours.length);
    return `${colours[(member + round) % colours.length]} ${animal}${again > 0 ? ` ${number(again + 1)}` : ''}`;
  },
  leave: 'Leave the class on this page',

  start: {
    noServer:
      'This page comes from a server without classes. You can still collect the runs of a class here; for a class to meet here, serve the page with “npm run room”.',
    join: 'Join a class',
    code: 'Code of the class',
    codeRange: 'six letters and digits, from your teacher; then Enter',
    noCode: (typed: string) => `“${typed}” is no code: it has six letters and digits, without 0, O, 1, I and L.`,
    open: 'Open a class',
    what: 'Everybody who joins trains networks in turn, each of another depth, kind or random start, and their results fill one figure. Nobody needs an account, and nobody is asked for a name.',
    depths: 'Depths',
    depthsRange: 'weight layers, separated by commas; each as a plain and as a residual network',
    base: (network: string) => `All else is as in the first network of the lab: ${network}.`,
    openIt: 'Open the class',
    opening: 'Opening …',
    noAnswer: 'The server does not answer. Check the connection, and try again.',
    refused: {
      invalid: 'The server does not understand this page: it may be of another version. Reload the page.',
      gone: 'There is no class of this code, or not any more: a class ends when its teacher closes it, or two hours after its last word. Check the code.',
      secret: 'This class was opened by another page, and this one cannot lead it.',
      full: 'This class, or the server, is full. Ask whoever runs the server.',
      closedDoor: 'Nobody can join this class any more. Ask your teacher to let you in.',
      otherRun: 'This is no result of the run that the class asked for.',
      busy: 'Too much was asked from this place in a short time. Wait a minute, and try again.',
      failed: 'The server could not keep this. Try again.',
    },
  },

  student: {
    joining: (code: string) => `Joining the class ${code} …`,
    title: (code: string) => `Class ${code}`,
    you: (name: string) => `You are the ${name}.`,
    question: (depth: number) =>
      `Your bet: at ${plural(depth, { one: '# layer', other: '# layers' })}, which makes fewer mistakes?`,
    bet: (choice: string) => `Your bet: “${choice}”.`,
    network: (network: string, seed: number) => `Your network: ${network}, random start ${number(seed)}.`,
    train: 'Train it',
    paused: 'Your teacher starts the training.',
    arrived: (done: number) =>
      `Your result has arrived. The class has ${plural(done, { one: '# run', other: '# runs' })}.`,
    next: 'Train another network',
    back: 'Back to your network',
    inLesson: (code: string) => `You are in class ${code}.`,
    atLesson: (code: string, lesson: number) => `Your teacher has taken class ${code} to lesson ${number(lesson)}.`,
    toClass: 'Back to the class',
    noneLeft: 'There are no networks left. Thank you.',
    lost: 'No connection to the class. The page goes on trying, and training goes on.',
    over: 'The class is over. What was trained stays in the library of this browser.',
    waiting: (count: number) =>
      `${plural(count, { one: '# result waits', other: '# results wait' })} for a connection. Keep this page open, or come back to it later: nothing is lost.`,
    notTaken: (count: number) =>
      `The class has not taken ${plural(count, { one: '# run', other: '# runs' })}: the settings were not those that it asked for.`,
  },

  teacher: {
    connecting: 'Connecting to the class …',
    joinHere: 'How to join',
    qr: 'QR code of the class',
    /** For whoever cannot scan. */
    typed: (address: string) => `${address}, then “Class”`,
    counts: (joined: number, training: number, done: number) =>
      [
        ['joined', number(joined)],
        ['training', number(training)],
        ['runs done', number(done)],
      ] as const,
    share: (share: number) => `Those who train are at ${Math.round(100 * share)}%.`,
    bets: (count: number) => `${plural(count, { one: '# bet', other: '# bets' })}, shown when training starts.`,
    question: (depth: number) => `Fewer mistakes at ${plural(depth, { one: '# layer', other: '# layers' })}?`,
    /** What the class has found so far, in mean training errors. */
    found: (plain: string, residual: string) => `So far: plain ${plain}, residual ${residual} (mean training error).`,
    controls: 'The teacher’s controls',
    start: 'Start training',
    pause: 'Pause everybody',
    goOn: 'Go on',
    place: 'Everybody is at',
    training: 'Training',
    measure: 'Error shown',
    shut: 'Let nobody else in',
    letIn: 'Let others in',
    isShut: 'Nobody else can join.',
    close: 'Close the class',
    sure: 'It ends for everybody, and the server forgets its runs. If you want them, save them first.',
    closeIt: 'Close it for everybody',
    keep: 'Keep it open',
    lost: 'No connection to the server. The page goes on trying.',
    runs: (count: number) => `${runs(count)}, to strike or to check`,
    strike: 'Strike',
    putBack: 'Put back',
  },

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
    what: 'Everybody trains a network and presses “Hand in”. Put what they send here: their texts or links, any number at once, with whatever stands between them, or files of records. A run that is sent twice counts once. No internet connection is needed, and nothing leaves this browser.',
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
