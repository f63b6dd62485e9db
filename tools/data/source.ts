/** What the data set is called and whose it is: known where the files are the official ones, and told of others. */
import type { Manifest } from '../../src/data/manifest.ts';
import { BadInput } from '../commandLine.ts';
import type { Input } from './read.ts';
import { words } from './words.ts';

type Credit = Pick<Manifest, 'name' | 'source' | 'licence' | 'classes'>;

const fashionMnist: Credit = {
  name: 'Fashion-MNIST',
  source:
    'Han Xiao, Kashif Rasul, Roland Vollgraf (Zalando Research): Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms. arXiv:1708.07747, 2017. https://github.com/zalandoresearch/fashion-mnist',
  licence: 'MIT',
  classes: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
};

/** SHA-256 of the decompressed official files, as Debian's package dataset-fashion-mnist 0.0~git20200523 has them. */
const officialInputs: readonly string[] = [
  'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
];

/** What is said of files that are not the official ones, as it is typed. */
export interface Told {
  readonly name?: string | undefined;
  /** With commas between them, from label 0. */
  readonly classes?: string | undefined;
}

const LABELS = 10;

/**
 * Credit for the files a data set was made from; other files than the official ones get no borrowed name or licence.
 *
 * @throws BadInput where these others lack a name or the names of their classes, and where the official ones are given any
 */
export function creditOf(inputs: readonly Input[], { name, classes: listed }: Told): Credit {
  const official = inputs.length === officialInputs.length && inputs.every((x, i) => x.sha256 === officialInputs[i]);
  if (official) {
    if (name !== undefined || listed !== undefined) throw new BadInput(words.known(fashionMnist.name));
    return fashionMnist;
  }
  if (!name?.trim() || listed === undefined) throw new BadInput(words.unknown);
  const classes = listed.split(',').map((each) => each.trim());
  if (classes.length !== LABELS || classes.includes('')) {
    throw new BadInput(words.classes({ found: classes.filter(Boolean).length, needed: LABELS }));
  }
  return {
    name: name.trim(),
    source: 'IDX files that are not the official ones of Fashion-MNIST',
    licence: 'unknown',
    classes,
  };
}
