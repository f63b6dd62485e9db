/** The words of the command `npm run data`. */
import { bytes, number } from '../../src/messages/format.ts';

export const words = {
  help: `npm run data [FOLDER] [-- OPTIONS] makes the data set in public/data from the four IDX files in FOLDER.

  --name NAME        what the data set is called
  --classes NAMES    what its ten classes are called, from label 0, with commas between them

FOLDER is Debian’s dataset-fashion-mnist where none is named. Files that are not those of Fashion-MNIST need both options:
  npm run data kmnist -- --name KMNIST --classes "o, ki, su, tsu, na, ha, ma, ya, re, wo"
`,
  unknown:
    'These files are not those of Fashion-MNIST; say what they are called, and their ten classes from label 0: npm run data FOLDER -- --name NAME --classes "NAME, NAME, …"',
  known: (name: string) =>
    `These files are those of ${name}, which has its name and classes: leave out --name and --classes.`,
  classes: ({ found, needed }: { readonly found: number; readonly needed: number }) =>
    `--classes has ${number(found)} names; ${number(needed)} are needed, one for each label, with commas between them.`,
  missing: ({ folder, file }: { readonly folder: string; readonly file: string }) =>
    `${folder} has no file ${file} or ${file}.gz. Install Debian’s package dataset-fashion-mnist, or name the folder that holds the four IDX files: npm run data FOLDER.`,
  gzip: ({ file }: { readonly file: string }) => `${file} is damaged: it does not decompress.`,
  magic: ({ file, expected, found }: { readonly file: string; readonly expected: string; readonly found: string }) =>
    `${file} is not the IDX file it should be: its magic number is ${found}, not ${expected}.`,
  length: ({ file, expected, found }: { readonly file: string; readonly expected: number; readonly found: number }) =>
    `${file} is damaged: its header asks for ${number(expected)} bytes, but it has ${number(found)}.`,
  size: ({ file, rows, columns }: { readonly file: string; readonly rows: number; readonly columns: number }) =>
    `${file} holds images of ${number(rows)}×${number(columns)} pixels; 28×28 are needed.`,
  label: ({ file, index, label }: { readonly file: string; readonly index: number; readonly label: number }) =>
    `${file} is damaged: label ${number(index)} is ${number(label)}; labels are 0 to 9.`,
  counts: (of: {
    readonly imagesFile: string;
    readonly images: number;
    readonly labelsFile: string;
    readonly labels: number;
  }) => `${of.imagesFile} holds ${number(of.images)} images, but ${of.labelsFile} holds ${number(of.labels)} labels.`,
  tooFew: (of: { readonly file: string; readonly found: number; readonly label: number; readonly needed: number }) =>
    `${of.file} has only ${number(of.found)} images of class ${number(of.label)}; ${number(of.needed)} are needed.`,
  made: (name: string, train: number, test: number, size: number) =>
    `${name}: ${number(train)} training and ${number(test)} test images in ${bytes(size)}.`,
};
