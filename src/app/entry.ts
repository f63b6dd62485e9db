/** The language is chosen before the application is imported, so that its modules may keep words. */
import { speakTo } from '../messages/languages.ts';
import { spoken } from '../messages/messages.ts';
import { settleAddress } from './settleAddress.ts';

settleAddress();
await speakTo(location.search, navigator.languages);
document.documentElement.lang = spoken?.locale ?? 'en';
await import('./main.tsx');
