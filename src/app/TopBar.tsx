import { memo } from 'react';
import { evaluationImages } from '../data/evaluationSample.ts';
import { text } from '../messages/messages.ts';
import { Badge } from './Badge.tsx';
import { CodeButton } from './code/CodeButton.tsx';
import { Help, type HelpProps } from './Help.tsx';
import { useLab } from './lab.ts';
import { LessonsButton } from './lessons/LessonsButton.tsx';
import { PresetMenu } from './PresetMenu.tsx';
import { ProveButton } from './prove/ProveButton.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import './topBar.css';

export const TopBar = memo(function TopBar(help: HelpProps) {
  const train = useLab((state) => state.experiment.training.train);
  return (
    <header className="top-bar">
      <h1 className="top-bar-name">{text.app.name}</h1>
      <span className="chip-text top-bar-data">{text.app.dataSet(train, evaluationImages)}</span>
      <LessonsButton />
      <PresetMenu />
      <div className="top-bar-end">
        <Badge />
        <CodeButton />
        <ProveButton />
        <ShareButton />
        <Help {...help} />
        <ThemeSwitch />
      </div>
    </header>
  );
});
