import { text } from '../../messages/messages.ts';
import { useLab } from '../../session/hooks.ts';
import type { LabState } from '../../session/store/state.ts';
import type { ProgressProps } from '../../ui/Progress.tsx';

const words = text.app.status;

function shareOf({ bytes, total }: { readonly bytes: number; readonly total: number }): number {
  return total > 0 ? Math.min(1, bytes / total) : 0;
}

function progressOf({ status, dataProgress }: Pick<LabState, 'status' | 'dataProgress'>): ProgressProps | null {
  if (status.kind === 'loading') {
    const fraction = shareOf(status);
    return { label: words.loading, fraction, text: words.loadingShare(fraction) };
  }
  if (status.kind === 'preparing') {
    return { label: words.preparing, fraction: status.share, text: words.preparingShare(status.share) };
  }
  const fraction = shareOf(dataProgress);
  if (status.kind === 'failed' || fraction === 0 || fraction === 1) return null;
  return { label: words.streaming, fraction, text: words.streamingShare(fraction) };
}

/** What training waits for; once it need not wait, which images are still to come; null when everything is here. */
export function useOnItsWay(): ProgressProps | null {
  const status = useLab((state) => state.status);
  const dataProgress = useLab((state) => state.dataProgress);
  return progressOf({ status, dataProgress });
}
