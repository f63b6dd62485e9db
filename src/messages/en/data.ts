/** The words of the data set: how it is loaded and checked. */
import { number } from '../format.ts';
import { sentences } from '../sentences.ts';

export const dataProblems = sentences({
  'data.gzip': '{file} is damaged: it does not decompress.',
  'data.manifestJson': 'The table of contents of the images, {file}, is not readable: it is not JSON.',
  'data.manifestField':
    'The table of contents of the images, {file}, is not readable: “{field}” is missing or not what it should be.',
  'data.http': '{file} could not be loaded: the server answered with HTTP status {status}.',
  'data.unreachable': '{file} could not be loaded: the connection failed. Check the connection and try again.',
  'data.stalled':
    '{file} could not be loaded: nothing arrived for {seconds} seconds. Check the connection and try again.',
  'data.length': '{file} arrived damaged: expected {expected} bytes, got {found}.',
  'data.checksum': '{file} arrived damaged: its checksum (SHA-256) differs from the one in the manifest.',
  'data.content': '{file} does not hold the {images} labelled images that the manifest promises.',
  'data.missing':
    '“{title}” is not on this computer: {train} training and {test} test images of {side}×{side} pixels in {classes} classes. Choose its file.',
  'data.tooFewImages': (v) =>
    `${number(v.asked)} ${v.split === 'train' ? 'training' : 'test'} images were asked for; the data set has ${number(v.count)}.`,
});
