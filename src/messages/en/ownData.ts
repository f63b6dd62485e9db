/** The words of images that somebody brings: what is wrong with their files, and what was done with them. */
import type { FileNotes, FileProblems } from '../../experiment/fileProblem.ts';
import { bytes, plural as counted, number, percent } from '../format.ts';

type Words<T> = { readonly [C in keyof T]: (values: Readonly<T[C]>) => string };

const plural = (count: number, one: string, other: string) => counted(count, { one: `# ${one}`, other: `# ${other}` });

const problems: Words<FileProblems> = {
  'file.none': () => 'No file was chosen. Choose or drop files, a zip, or a folder.',
  'file.empty': (v) => `${v.file} is empty: it has 0 bytes. Download it again.`,
  'file.webPage': (v) =>
    `${v.file} is a web page (${bytes(v.bytes)}), not data: its download failed. Open its address in a browser, and save the file itself.`,
  'file.pointer': (v) =>
    `${v.file} is a pointer of Git LFS, which stands in place of the file. Download the file itself.`,
  'file.format': (v) =>
    `${v.file} is ${v.format}, which is not read here. What is: IDX, CIFAR’s binary and Python archives, .npz, and PNG, JPEG or WebP pictures in folders of their classes.`,
  'file.unknown': (v) =>
    `${v.file} holds no images that can be read. What can: IDX, CIFAR’s binary and Python archives, .npz, and PNG, JPEG or WebP pictures in folders of their classes.`,
  'file.unreadable': (v) => `${v.file} could not be read: ${v.reason}. Choose it again.`,
  'file.gzip': (v) =>
    `${v.file} does not decompress: it breaks off or is damaged after ${bytes(v.bytes)} of content. Download it again.`,
  'file.archive': (v) => `${v.file} cannot be opened: ${v.reason}. Download it again.`,
  'file.encrypted': (v) => `${v.file} is locked with a password. Unpack it first, and choose the folder.`,
  'file.length': (v) =>
    `${v.file} is ${v.found < v.expected ? 'cut off' : 'too long'}: its header asks for ${number(v.expected)} bytes, and there are ${number(v.found)}. Download it again.`,
  'idx.numbers': (v) => `${v.file} is an IDX file of ${v.type}; images and labels are unsigned bytes there.`,
  'array.shape': (v) =>
    `${v.file} has the shape ${v.shape}; images are count × height × width, with 1 or 3 channels behind or before height and width, and labels one a row.`,
  'array.numbers': (v) =>
    `${v.file} holds NumPy’s type “${v.type}”; whole numbers of 8 to 64 bits and floats are read.`,
  'array.order': (v) => `${v.file} is in Fortran’s order. Save it with numpy.ascontiguousarray(…).`,
  'array.notWhole': (v) => `${v.file}: label ${number(v.index)} is ${v.value}; labels are whole numbers.`,
  'array.range': (v) => `${v.file} has a pixel of ${v.value}; levels go from 0 to 1, −1 to 1, or 0 to 255.`,
  'array.header': (v) => `${v.file} is damaged: its NumPy header cannot be read.`,
  'cifar.length': (v) =>
    `${v.file} is cut off: a record of CIFAR-10 has 3,073 bytes, one of CIFAR-100 3,074, and ${number(v.bytes)} are no whole number of either. Download it again.`,
  'cifar.label': (v) =>
    `${v.file}: image ${number(v.index)} has label ${v.label}; there are ${v.classes} classes, from 0. It may be another kind of file.`,
  'pickle.code': (v) =>
    `${v.file} asks Python to run “${v.name}”. Only arrays, strings, numbers, lists and dictionaries are read here, so nothing was run. Save the images as .npz.`,
  'pickle.damaged': (v) =>
    `${v.file} is damaged: as a Python pickle it ends or makes no sense at byte ${number(v.position)}.`,
  'pickle.noImages': (v) =>
    `${v.file} is a Python pickle without “data” and “labels” in it, as CIFAR’s have. Save the images as .npz.`,
  'set.noLabels': (v) => `${v.file} holds images, and no file holds their labels. Choose both together.`,
  'set.noImages': (v) => `${v.file} holds labels, and no file holds their images. Choose both together.`,
  'set.severalLabels': (v) =>
    `${v.file} has ${number(v.columns)} labels for each image. Networks here tell one class of each image.`,
  'set.counts': (v) =>
    `${v.imagesFile} holds ${plural(v.images, 'image', 'images')}, but ${v.labelsFile} holds ${plural(v.labels, 'label', 'labels')}. They belong to different data sets, or one is cut off.`,
  'set.several': (v) => `There is more than one data set: ${v.files}. Choose the files of one.`,
  'set.differ': (v) =>
    `${v.file} has images of ${v.shape}, but ${v.otherFile} of ${v.otherShape}. Choose files of one data set.`,
  'set.small': (v) => `The images are ${v.side} pixels small; they need ${v.least} at least.`,
  'set.negative': (v) => `${v.file}: label ${number(v.index)} is ${v.label}; labels start at 0 or 1.`,
  'set.oneClass': (v) =>
    `${v.file}: every image is of one class, “${v.name}”. There must be two at least to tell apart.`,
  'set.tooManyClasses': (v) =>
    `${v.file} has ${number(v.classes)} classes; at most ${number(v.limit)} are possible. Leave some out.`,
  'set.few': (v) =>
    `There are only ${plural(v.images, 'image', 'images')} in a part of the data; ${v.least} are needed.`,
  'set.large': (v) =>
    `${plural(v.images, 'image', 'images')} take ${bytes(v.bytes)}; there is room for ${bytes(v.limit)}. Choose fewer, or smaller ones.`,
  'folder.noClasses': (v) =>
    `The pictures of ${v.folder} lie side by side. Put those of each class into a folder that has its name.`,
  'folder.noImages': (v) => `${v.folder} holds no files but hidden ones.`,
  'folder.oneClass': (v) =>
    `${v.folder} has pictures of one class, “${v.name}”. Put those of each class into a folder that has its name, two at least.`,
  'picture.damaged': (v) => `${v.file} and all other pictures are damaged, or no PNG, JPEG or WebP.`,
};

const notes: Words<FileNotes> = {
  'note.skipped': (v) => `Left out: ${plural(v.count, 'file', 'files')} without images, as ${v.example}.`,
  'note.damaged': (v) => `Left out: ${plural(v.count, 'damaged picture', 'damaged pictures')}, as ${v.example}.`,
  'note.resized': (v) =>
    `${plural(v.count, 'image was', 'images were')} of another size, as ${v.example}: the middle square, at ${v.side}×${v.side}.`,
  'note.padded': (v) =>
    `The images are ${v.height} high and ${v.width} wide: black was added to make squares of ${v.side}.`,
  'note.alpha': (v) =>
    `${plural(v.count, 'picture has', 'pictures have')} transparency, as ${v.example}: put on white.`,
  'note.deep': (v) =>
    `${plural(v.count, 'picture has', 'pictures have')} 16 bits, as ${v.example}: the upper 8 are used.`,
  'note.cmyk': (v) =>
    `${plural(v.count, 'picture is', 'pictures are')} in CMYK, as ${v.example}: turned into red, green and blue by the browser.`,
  'note.greyInColour': () => 'All pixels are grey: one channel is used instead of three.',
  'note.scaled': (v) => `${v.file} has levels up to ${number(v.max)}: scaled to 255.`,
  'note.labelsFrom': (v) => `Labels start at ${v.first}: that is class 0 in what networks put out.`,
  'note.noNames': (v) => `The files do not name the ${number(v.classes)} classes: they are called by their labels.`,
  'note.emptyClasses': (v) => `Without images: ${v.names}.`,
  'note.black': (v) => `${plural(v.count, 'image is', 'images are')} black all over.`,
  'note.turned': (v) => `By the name of ${v.file}, rows and columns are exchanged, as EMNIST has them: turned back.`,
  'note.split': (v) =>
    `There is one part only: ${percent(v.share)} of each class, drawn by chance, are kept for the test.`,
  'note.validation': (v) => `${plural(v.count, 'validation image is', 'validation images are')} left out.`,
};

export const ownData = {
  button: 'Images',
  title: 'Images to train on',
  close: 'Close',
  intro:
    'Bring your own: IDX files as MNIST has them, CIFAR’s binary or Python archive, .npz, or a zip or folder of PNG, JPEG or WebP pictures in folders of their classes. They stay on this computer: nothing is sent anywhere.',
  chooseFiles: 'Choose files…',
  chooseFolder: 'Choose a folder…',
  builtIn: 'Use the built-in images',
  dropHere: 'Or drop files or a folder here.',
  reading: 'Reading the files',
  opening: 'Opening the files …',
  progress: (done: number, total: number) => `${number(done)} of ${plural(total, 'file', 'files')}`,
  stop: 'Stop',
  preview: 'Preview',
  facts: (of: {
    readonly train: number;
    readonly test: number;
    readonly side: number;
    readonly channels: number;
    readonly classes: readonly unknown[];
    readonly bytes: number;
  }) =>
    `${plural(of.train, 'training image', 'training images')} and ${plural(of.test, 'test image', 'test images')} of ${of.side} × ${of.side} pixels, ${of.channels === 1 ? 'grey' : 'in colour'}, in ${number(of.classes.length)} classes: ${bytes(of.bytes)}.`,
  turn: 'Exchange rows and columns',
  invert: 'Exchange dark and light',
  /** Before the name of the place. */
  cifar10: 'Its makers offer CIFAR-10 as a binary archive or a Python archive, of 170 MB each; both are read here:',
  cifar10Place: 'cs.toronto.edu/~kriz/cifar.html',
  columns: ['Class', 'Training', 'Test', 'Images'],
  count: number,
  name: 'Name',
  nameRange: 'What charts and links call these images.',
  keep: (size: number) => `Keep them in this browser for other visits (${bytes(size)})`,
  stays: 'A link to this experiment names the images by their content; whoever opens it needs the same file.',
  other: (title: string) =>
    `These are not the images that the link names, “${title}”: the networks are trained on these instead.`,
  use: 'Train on these images',
  keptTitle: 'Kept in this browser',
  keptSet: (title: string, images: number, size: number) =>
    `${title}: ${plural(images, 'image', 'images')}, ${bytes(size)}`,
  useShort: 'Use',
  takeKept: (title: string) => `Use ${title}`,
  remove: 'Delete',
  removeKept: (title: string) => `Delete ${title} from this browser`,
  problems,
  notes,
};
