import { useMemo, useState } from 'react';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { useLab } from '../session/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { type Framework, frameworks, programOf } from './program.ts';
import './code.css';

const words = laterText.code;

const options = frameworks.map((key) => ({ key, label: words.frameworks[key] }));

/** A network of the page as a program, in one of three frameworks, to be copied. */
export function CodeTabs() {
  const networks = useLab(({ experiment }) => experiment.networks);
  const size = useLab(({ experiment }) => experiment.training.size);
  const [framework, setFramework] = useState<Framework>('pytorch');
  // The last one: where twins stand side by side, it is the residual one.
  const [chosen, setChosen] = useState<number | null>(null);
  const names = useMemo(() => text.names.networks(networks, true), [networks]);
  const index = Math.min(chosen ?? networks.length - 1, networks.length - 1);
  const network = networks[index];
  const name = names[index] ?? '';
  const program = useMemo(
    () => (network ? programOf(framework, network, size, name) : ''),
    [framework, network, size, name],
  );
  return (
    <div className="column">
      <div className="row">
        {networks.length > 1 && (
          <SelectField
            label={words.network}
            isLabelHidden
            options={names.map((label, i) => ({ key: String(i), label }))}
            value={String(index)}
            onChange={(key) => setChosen(Number(key))}
          />
        )}
        <Segmented label={words.framework} isLabelHidden options={options} value={framework} onChange={setFramework} />
        <CopyButton program={program} />
      </div>
      <textarea
        className="code-text"
        readOnly
        wrap="off"
        spellCheck={false}
        aria-label={words.region(words.frameworks[framework], name)}
        value={program}
      />
    </div>
  );
}

function CopyButton({ program }: { readonly program: string }) {
  const [outcome, setOutcome] = useState<{ readonly of: string; readonly said: string } | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(program);
      setOutcome({ of: program, said: words.copied });
    } catch {
      setOutcome({ of: program, said: words.refused });
    }
  };
  return (
    <>
      <Button onPress={() => void copy()}>{words.copy}</Button>
      <span className="note" role="status">
        {outcome?.of === program ? outcome.said : ''}
      </span>
    </>
  );
}
