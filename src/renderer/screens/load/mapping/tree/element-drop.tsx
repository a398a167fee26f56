import { type DragEvent, type PropsWithChildren, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '#renderer/screens/load/pick/say.ts';
import { ELEMENT_TYPE } from './element-drag.ts';
import classes from './element-drop.module.css';
import { lineTo } from './element-tree.ts';
import { pathSteps } from './path-steps.ts';
import type { Designer } from './use-designer.ts';

interface ElementDropProps extends PropsWithChildren {
  readonly designer: Designer | null;
  readonly table: number;
}

/** A table that elements of the tree may be dropped on. */
export function ElementDrop({ designer, table, children }: ElementDropProps) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(ELEMENT_TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
  };
  const drop = (event: DragEvent) => {
    const path = event.dataTransfer.getData(ELEMENT_TYPE);
    setOver(false);
    if (path === '') return;
    event.preventDefault();
    const element = lineTo(designer?.roots ?? [], pathSteps(path)).at(-1);
    if (element === undefined || designer?.put(table, element) !== true) say(t('load.tree.notThere'));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tree does the same by keyboard
    <div className={classes.target} data-over={isOver || undefined} onDragOver={over} onDragLeave={leave} onDrop={drop}>
      {children}
    </div>
  );
}
