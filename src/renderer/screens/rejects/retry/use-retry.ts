import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import type { LoadRequest } from '#contract/api/job-views';
import { host } from '#renderer/host/client.ts';
import { orderId, orderIsAnswered } from '#renderer/screens/load/review/order-id.ts';

/** Orders a load of the rejected rows, and goes to its job. */
export function useRetry(order: LoadRequest | undefined) {
  const [, navigate] = useLocation();
  // A second click comes before React has drawn the first.
  const isStarted = useRef(false);
  const { mutate, isPending, isSuccess, error } = useMutation(
    host.jobs.start.mutationOptions({
      onSuccess: ({ number }) => {
        orderIsAnswered('retry');
        navigate(`/jobs/${number}`);
      },
      onError: () => {
        isStarted.current = false;
      },
    }),
  );
  const run = () => {
    if (isStarted.current || order === undefined) return;
    isStarted.current = true;
    mutate({ ...order, loadId: orderId('retry', order) });
  };
  return { run, isBusy: isPending || isSuccess, error };
}
