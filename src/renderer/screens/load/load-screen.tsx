import { useTranslation } from 'react-i18next';
import { confirmLosingEdits } from './mapping/confirm-losing-edits.ts';
import { takeMappingFile } from './mapping/take-mapping.ts';
import { droppedJson } from './pick/drop-reader.ts';
import { DropVeil } from './pick/drop-veil.tsx';
import { OfferDialog } from './pick/offer-dialog.tsx';
import { takeDrop } from './pick/take-drop.ts';
import { useWindowDrop } from './pick/use-window-drop.ts';
import { StartPage } from './start/start-page.tsx';
import { WizardPage } from './wizard-page.tsx';
import { useWizard } from './wizard-store.ts';

/** The first screen: drop a folder, look at what will happen, load it. */
export function LoadScreen() {
  const { t } = useTranslation();
  const isEmpty = useWizard(({ paths }) => paths.length === 0);
  const step = useWizard((wizard) => wizard.step);
  const isOver = useWindowDrop((transfer) => {
    const mapping = !isEmpty && step === 'mapping' ? droppedJson(transfer) : null;
    if (mapping === null) takeDrop(transfer);
    else confirmLosingEdits(() => void takeMappingFile(mapping));
  });
  return (
    <>
      {isEmpty ? <StartPage isOver={isOver} /> : <WizardPage />}
      {isOver && !isEmpty ? (
        <DropVeil label={t(step === 'mapping' ? 'load.drop.veilMapping' : 'load.drop.veil')} />
      ) : null}
      <OfferDialog />
    </>
  );
}
