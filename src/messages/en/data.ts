/** The words of the data set: how it is made, loaded and checked. */
import type { Problem } from '../../experiment/problem.ts';
import { bytes, number } from '../format.ts';

type Values = Problem['values'];

function amount(values: Values, name: string): number {
  return Number(values[name]);
}

export const dataProblems = {
  'data.idxMissing':
    '{folder} has no file {file} or {file}.gz. Install Debian’s package dataset-fashion-mnist, or name the folder that holds the four IDX files: npm run data FOLDER.',
  'data.idxMagic': '{file} is not the IDX file it should be: its magic number is {found}, not {expected}.',
  'data.idxLength': '{file} is damaged: its header asks for {expected} bytes, but it has {found}.',
  'data.idxSize': '{file} holds images of {rows}×{columns} pixels; 28×28 are needed.',
  'data.idxLabel': '{file} is damaged: label {index} is {label}; labels are 0 to 9.',
  'data.idxCounts': '{imagesFile} holds {images} images, but {labelsFile} holds {labels} labels.',
  'data.idxClass': '{file} has only {found} images of class {label}; {needed} are needed.',
  'data.gzip': '{file} is damaged: it does not decompress.',
  'data.manifestJson': 'The table of contents of the images, {file}, is not readable: it is not JSON.',
  'data.manifestField':
    'The table of contents of the images, {file}, is not readable: “{field}” is missing or not what it should be.',
  'data.http': '{file} could not be loaded: the server answered with HTTP status {status}.',
  'data.unreachable': '{file} could not be loaded: the connection failed. Check the network and try again.',
  'data.stalled': '{file} could not be loaded: nothing arrived for {seconds} seconds. Check the network and try again.',
  'data.length': '{file} arrived damaged: expected {expected} bytes, got {found}.',
  'data.checksum': '{file} arrived damaged: its checksum (SHA-256) differs from the one in the manifest.',
  'data.content': '{file} does not hold the {images} labelled images that the manifest promises.',
  'data.tooFewImages': (v: Values) =>
    `${number(amount(v, 'asked'))} ${v.split === 'train' ? 'training' : 'test'} images were asked for; the data set has ${number(amount(v, 'count'))}.`,
};

export const data = {
  made: (name: string, train: number, test: number, size: number) =>
    `${name}: ${number(train)} training and ${number(test)} test images in ${bytes(size)}.`,
};
