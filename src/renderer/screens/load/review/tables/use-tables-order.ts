import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { host } from '#renderer/host/client.ts';
import { orderId, orderIsAnswered } from '../order-id.ts';
import { useTablesChoices } from './tables-store.ts';
import type { TablesPlanning } from './use-tables-plan.ts';

/** Orders the job that makes the tables fit; the same order pressed twice is one job. */
export function useTablesOrder({ wish }: Pick<TablesPlanning, 'wish'>) {
  const edited = useTablesChoices((choices) => choices.edited);
  // A second click comes before React has drawn the first.
  const isStarted = useRef(false);
  const { mutate, isPending, error } = useMutation(
    host.tables.create.mutationOptions({
      onSuccess: ({ number }) => {
        orderIsAnswered('tables');
        useTablesChoices.setState({ job: { number, isOver: false } });
      },
      onSettled: () => {
        isStarted.current = false;
      },
    }),
  );
  const run = () => {
    if (isStarted.current || wish === null) return;
    isStarted.current = true;
    const order = {
      ...wish.request,
      connection: wish.connection,
      ...(edited !== null && { ddl: edited.sql }),
    };
    mutate({ ...order, tablesId: orderId('tables', order) });
  };
  return { run, isBusy: isPending, error };
}
