import { useMemo, useState } from 'react';
import { defaultSweep } from '../../experiment/sweep/sweep.ts';
import { readValues } from '../../experiment/sweep/text.ts';
import { laterText } from '../../messages/laterText.ts';
import { sentence, text } from '../../messages/messages.ts';
import { useLab } from '../../session/hooks.ts';
import type { Views } from '../../session/views.ts';
import { Button } from '../../ui/Button.tsx';
import { EntryField } from '../../ui/EntryField.tsx';
import { openClass } from '../host.ts';
import { planOf } from '../plan.ts';
import { newSecret, readCode } from '../protocol.ts';
import { rememberSecret } from './seat.ts';

const words = laterText.classroom.start;

/** Whether the server of this page has classes: it says so in the page. */
function hasClasses(): boolean {
  return document.querySelector('meta[name="depthscope-classes"]') !== null;
}

export interface StartProps {
  /** The name of the images, checksums included. */
  readonly data: string;
  readonly views: Views;
}

/** To join a class by its code, or to open one. */
export function Start({ data, views }: StartProps) {
  if (!hasClasses()) return <p className="view-text">{words.noServer}</p>;
  return (
    <div className="class-start">
      <section className="panel column padded" aria-labelledby="class-join">
        <h2 id="class-join" className="large">
          {words.join}
        </h2>
        <EntryField<string>
          label={words.code}
          range={words.codeRange}
          value=""
          format={(code) => code}
          read={(typed) => {
            const code = readCode(typed);
            return code === null ? { error: words.noCode(typed) } : { value: code };
          }}
          onCommit={(code) => {
            views.setState({ ofClass: code });
            return null;
          }}
        />
      </section>
      <Open data={data} views={views} />
    </div>
  );
}

function Open({ data, views }: StartProps) {
  const experiment = useLab((state) => state.experiment);
  const usual = useMemo(() => defaultSweep(experiment).values.map(Number), [experiment]);
  const [chosen, setChosen] = useState<readonly number[] | null>(null);
  const [said, setSaid] = useState('');
  const depths = chosen ?? usual;
  const plan = planOf(experiment, depths);
  const open = async (): Promise<void> => {
    if (!plan.ok) return;
    setSaid(words.opening);
    const secret = newSecret();
    const page = location.href.replace(/[?#].*$/s, '');
    const answer = await openClass(page, { plan: plan.value, data, secret });
    setSaid(answer === null ? words.noAnswer : answer.ok ? '' : words.refused[answer.why]);
    if (!answer?.ok) return;
    rememberSecret(answer.value.code, secret);
    views.setState({ ofClass: answer.value.code });
  };
  return (
    <section className="panel column padded" aria-labelledby="class-open">
      <h2 id="class-open" className="large">
        {words.open}
      </h2>
      <p className="view-text">{words.what}</p>
      <EntryField<readonly number[]>
        label={words.depths}
        range={words.depthsRange}
        value={depths}
        format={(values) => values.join(', ')}
        read={(typed) => {
          const read = readValues('depth', typed);
          return read.ok ? { value: read.value.map(Number) } : { error: sentence(read.problem) };
        }}
        onCommit={(values) => {
          const possible = planOf(experiment, values);
          if (!possible.ok) return sentence(possible.problem);
          setChosen(values);
          return null;
        }}
      />
      <p className="view-text">
        {plan.ok
          ? words.base(
              experiment.networks
                .slice(0, 1)
                .map((network) => text.names.network(network, experiment.training.size))
                .join(''),
            )
          : sentence(plan.problem)}
      </p>
      <div className="row">
        <Button look="primary" isDisabled={!plan.ok} onPress={() => void open()}>
          {words.openIt}
        </Button>
        <span className="view-text" role="status">
          {said}
        </span>
      </div>
    </section>
  );
}
