import { useState } from 'react';
import { text } from '../messages/messages.ts';
import { ThemeIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';
import { type ThemeChoice, themeChoices } from '../ui/theme.ts';
import { chooseTheme, rememberedTheme } from './theme.ts';

const words = text.app.theme;

export function ThemeSwitch() {
  const [chosen, setChosen] = useState(rememberedTheme);
  const choose = (choice: ThemeChoice): void => {
    setChosen(choice);
    chooseTheme(choice);
  };
  return (
    <MenuButton
      face={<ThemeIcon />}
      name={words.button}
      look="icon"
      selected={chosen}
      groups={[
        {
          key: 'theme',
          label: words.button,
          entries: themeChoices.map((key) => ({ key, label: words.choices[key] })),
        },
      ]}
      onChoose={(key) => choose(key as ThemeChoice)}
    />
  );
}
