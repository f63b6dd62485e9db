/** The words of rooms that are opened later: part of what comes with those, and not of what every visitor downloads. */
import { later } from './en/later.ts';
import type { Language } from './language.ts';
import { spoken } from './messages.ts';

export const laterText: Language['later'] = spoken?.later ?? later;
