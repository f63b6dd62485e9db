/** The language is chosen before the application is imported, so that its modules may keep words. */
import { readEmbed } from '../embed/address.ts';
import { speakTo } from '../messages/languages.ts';
import { spoken } from '../messages/messages.ts';
import { settleAddress } from './settleAddress.ts';

settleAddress();
await speakTo(location.search, navigator.languages);
document.documentElement.lang = spoken?.locale ?? 'en';
const embed = readEmbed(location.search);
if (embed && embed.options.ui !== 'full') (await import('./embed.ts')).startEmbed(embed);
else await import('./main.tsx');
