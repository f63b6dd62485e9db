import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { networkIds } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { laterText } from '../messages/laterText.ts';
import { sentence } from '../messages/messages.ts';
import { graphOf } from '../network/build.ts';
import { download, fileNameOf } from '../plot/chartFiles.ts';
import { useCommands, useLabState } from '../session/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { readWeights, weightsFile } from './weights.ts';

const words = laterText.code.weights;

/** Faults that are told one by one. */
const MOST = 4;

export interface WeightsProps {
  /** Of the network. */
  readonly index: number;
  readonly name: string;
}

/** A network's parameters as a file, and back into it. */
export function Weights({ index, name }: WeightsProps) {
  const { take, plant } = useCommands();
  const state = useLabState();
  const [said, setSaid] = useState<readonly string[]>([]);
  const id = networkIds[index];
  const save = async (): Promise<void> => {
    if (!id) return;
    const { training } = state().experiment;
    const trained = await take(id);
    const { spec } = trained;
    const bytes = weightsFile(graphOf(spec, training), trained, formatLink({ networks: [spec], training }));
    download(new Blob([bytes], { type: 'application/octet-stream' }), fileNameOf(name, 'safetensors'));
    setSaid([]);
  };
  const open = async (file: File): Promise<void> => {
    const { networks, training } = state().experiment;
    const spec = networks[index];
    if (!spec) return;
    const read = readWeights(graphOf(spec, training), new Uint8Array(await file.arrayBuffer()));
    const faults = read.problems.slice(0, MOST).map(sentence);
    const more = read.problems.length - faults.length;
    setSaid(more > 0 ? [...faults, words.more(more)] : faults);
    if (read.problems.length > 0) return;
    const { size, data } = training;
    const { parameters, averages } = read;
    plant({ spec, size, ...(data && { data }), parameters, averages });
    setSaid([words.opened(name, file.name)]);
  };
  return (
    <section className="column" aria-label={words.title}>
      <p className="note">{words.explanation}</p>
      <div className="row">
        <Button onPress={() => void save()}>{words.save}</Button>
        <FileTrigger
          acceptedFileTypes={['.safetensors']}
          onSelect={(files) => {
            const [file] = files ?? [];
            if (file) void open(file);
          }}
        >
          <Button>{words.open}</Button>
        </FileTrigger>
      </div>
      <Said lines={said} className="note" />
    </section>
  );
}
