/** The language is chosen before the application is imported, so that its modules may keep words. */
import { readEmbed } from '../embed/address.ts';
import { speakTo } from '../messages/languages.ts';
import { spoken } from '../messages/messages.ts';
import { startAhead } from './connectWorker.ts';
import { settleAddress } from './settleAddress.ts';

settleAddress();
const embed = readEmbed(location.search);
const isFigure = embed !== null && embed.options.ui !== 'full';
if (!isFigure) startAhead(location);
await speakTo(location.search, navigator.languages);
document.documentElement.lang = spoken?.locale ?? 'en';
if (isFigure) (await import('./embed.ts')).startEmbed(embed);
else await import('./main.tsx');
