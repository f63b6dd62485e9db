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
  kind: ({ file }: { readonly file: string }) => `${file} is not the IDX file it should be.`,
  size: ({ file, shape }: { readonly file: string; readonly shape: string }) =>
    `${file} holds an array of ${shape}; images of 28×28 pixels are needed.`,
  label: ({ file, index, label }: { readonly file: string; readonly index: number; readonly label: number }) =>
    `${file}: label ${number(index)} is ${number(label)}; the built-in images have ten classes, from 0 to 9. Bring others in the page, or with npm run lab -- --data.`,
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
