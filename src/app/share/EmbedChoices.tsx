import { type EmbedOptions, embedChrome, embedParts, usualEmbed } from '../../embed/address.ts';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Toggles } from '../../ui/Toggles.tsx';
import { themeChoices } from '../../ui/theme.ts';

const words = laterText.share.choices;

const parts = embedParts.map((key) => ({ key, label: words.parts[key] }));
const chrome = embedChrome.map((key) => ({ key, label: words.chrome[key] }));
const themes = themeChoices.map((key) => ({ key, label: text.app.theme.choices[key] }));

/** What authors may choose of an embed. */
export type Choices = Pick<EmbedOptions, 'show' | 'ui' | 'theme' | 'autoplay'>;

interface EmbedChoicesProps {
  readonly value: Choices;
  readonly onChange: (choices: Choices) => void;
}

/** What an embed shows, and how. The whole page has no parts to choose from. */
export function EmbedChoices({ value, onChange }: EmbedChoicesProps) {
  const choose = (chosen: Partial<Choices>) => onChange({ ...value, ...chosen });
  const isFull = value.ui === 'full';
  return (
    <div className="column">
      <div className="row">
        <SelectField label={words.ui} options={chrome} value={value.ui} onChange={(ui) => choose({ ui })} />
        <SelectField label={words.theme} options={themes} value={value.theme} onChange={(theme) => choose({ theme })} />
      </div>
      {!isFull && (
        <>
          <Toggles
            label={words.show}
            options={parts}
            value={value.show}
            onChange={(show) => choose({ show: show.length > 0 ? show : usualEmbed.show })}
          />
          <div className="in-line small">
            <Checkbox
              label={words.autoplay}
              isSelected={value.autoplay}
              onChange={(autoplay) => choose({ autoplay })}
            />
            <span aria-hidden="true">{words.autoplay}</span>
          </div>
        </>
      )}
    </div>
  );
}
