import { memo } from 'react';
import { evaluationImages } from '../data/evaluationSample.ts';
import { text } from '../messages/messages.ts';
import { Button } from '../ui/Button.tsx';
import { Badge } from './Badge.tsx';
import { Help, type HelpProps } from './Help.tsx';
import { useLab } from './lab.ts';
import { PresetMenu } from './PresetMenu.tsx';
import { ShareButton } from './ShareButton.tsx';
import type { Views } from './sweep/views.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useFrames } from './useFrames.ts';
import './topBar.css';

export interface TopBarProps extends HelpProps {
  readonly views: Views;
}

export const TopBar = memo(function TopBar({ views, ...help }: TopBarProps) {
  const isSweepOpen = useFrames(views, (state) => state.isSweepOpen);
  const train = useLab((state) => state.experiment.training.train);
  return (
    <header className="top-bar">
      <h1 className="top-bar-name">{text.app.name}</h1>
      <span className="chip-text top-bar-data">{text.app.dataSet(train, evaluationImages)}</span>
      <PresetMenu />
      <Button look="chip" onPress={() => views.setState({ isSweepOpen: !isSweepOpen })}>
        {isSweepOpen ? text.sweep.close : text.sweep.open}
      </Button>
      <div className="top-bar-end">
        <Badge />
        <ShareButton views={views} />
        <Help {...help} />
        <ThemeSwitch />
      </div>
    </header>
  );
});
