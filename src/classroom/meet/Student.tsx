import { useStore } from 'zustand';
import { Figure } from '../../figure/Figure.tsx';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import type { MemberClient } from '../member.ts';
import { type Choice, choices, type MemberView } from '../protocol.ts';
import { Gone } from './Gone.tsx';
import { experimentOf, isAsked } from './seat.ts';

const words = laterText.classroom.student;
const options = choices.map((key) => ({ key, label: text.home.bet.options[key] }));

export interface StudentProps {
  readonly code: string;
  readonly client: MemberClient;
}

/** What a member of a class sees: who they are, the bet, their network, and what has become of its run. */
export function Student({ code, client }: StudentProps) {
  const { view, refusal, connection, waiting, notTaken } = useStore(client.store);
  if (refusal !== null && view === null) return <Gone why={refusal} />;
  if (!view) return <p className="view-loading">{words.joining(code)}</p>;
  return (
    <>
      <section className="panel column padded">
        <h2 className="large">{words.title(code)}</h2>
        <p>{words.you(laterText.classroom.nameOf(view.number))}</p>
        <div role="status">
          {refusal !== null ? (
            <p className="view-text view-remark">{words.over}</p>
          ) : (
            connection === 'lost' && <p className="view-text view-remark">{words.lost}</p>
          )}
          {waiting > 0 && <p className="view-text view-remark">{words.waiting(waiting)}</p>}
          {notTaken > 0 && <p className="view-text view-remark">{words.notTaken(notTaken)}</p>}
        </div>
        <Task view={view} client={client} />
      </section>
      <div className="class-figure">
        <Figure hasButtons={false} />
      </div>
    </>
  );
}

function Task({ view, client }: { readonly view: MemberView; readonly client: MemberClient }) {
  const { play, open } = useCommands();
  const { isDone, prediction, news, plan } = view;
  const asked = experimentOf(view);
  const [network] = asked?.networks ?? [];
  const isHere = useLab((state) => isAsked(state, view));
  const hasBegun = useLab((state) => newestStep(state) > 0);
  const isPlaying = useLab((state) => state.isPlaying);
  const isFinished = useLab(({ status }) => status.kind === 'finished');
  if (!asked || !network) return <p>{words.noneLeft}</p>;
  const name = words.network(text.names.network(network, asked.training.size), asked.training.seed);
  const isBetOpen = !isDone && !(isHere && hasBegun);
  return (
    <>
      {isBetOpen ? (
        <Segmented<Choice>
          label={words.question(Math.max(...plan.depths))}
          options={options}
          value={prediction}
          onChange={(choice) => client.predict(choice)}
        />
      ) : (
        prediction !== null && <p>{words.bet(text.home.bet.options[prediction])}</p>
      )}
      <p>{name}</p>
      <div className="row">
        {isDone ? (
          <Button look="primary" onPress={() => client.next()}>
            {words.next}
          </Button>
        ) : !isHere ? (
          <Button look="primary" onPress={() => open(asked)}>
            {words.back}
          </Button>
        ) : (
          <Button
            look="primary"
            isDisabled={news.pace.isPaused && !isPlaying && !isFinished}
            // Keeps the focus for the next network.
            isPending={isPlaying || isFinished}
            onPress={play}
          >
            {words.train}
          </Button>
        )}
        <span className="view-text" role="status">
          {isDone ? words.arrived(news.done) : news.pace.isPaused ? words.paused : ''}
        </span>
      </div>
    </>
  );
}
