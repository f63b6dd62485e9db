/** The English words of rooms that are opened later, which the first picture need not wait for. */
import { classroom } from './classroom.ts';
import { code } from './code.ts';
import { distributions } from './distributions.ts';
import { inside } from './inside.ts';
import { instruments } from './instruments.ts';
import { lesions } from './lesions.ts';
import { library } from './library.ts';
import { offline } from './offline.ts';
import { ownData } from './ownData.ts';
import { paper } from './paper.ts';
import { share } from './share.ts';
import { shattering } from './shattering.ts';
import { slice } from './slice.ts';
import { sweep } from './sweep.ts';

export const later = {
  classroom,
  code,
  distributions,
  inside,
  instruments,
  lesions,
  library,
  offline,
  ownData,
  paper,
  shattering,
  share,
  slice,
  sweep,
};
