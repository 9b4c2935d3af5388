import type { Bench } from './benchmark.ts';
import { activation } from './activation.ts';
import { dripped } from './dripped.ts';
import { elements } from './elements.ts';
import { eventToPaint } from './eventToPaint.ts';
import { heap } from './heap.ts';
import { hostPipeline, hostPipelineInEditor } from './hostPipeline.ts';
import { idling } from './idling.ts';
import { loading } from './loading.ts';
import { longList } from './longList.ts';
import { longTexts } from './longTexts.ts';
import { manySessions } from './manySessions.ts';
import { millionEvents } from './millionEvents.ts';
import { reconnecting } from './reconnecting.ts';
import { packageSize } from './packageSize.ts';
import { search } from './search.ts';
import { smokeRun } from './smokeRun.ts';
import { timeToReady } from './timeToReady.ts';
import { typing } from './typing.ts';
import { vendorSdk } from './vendorSdk.ts';

/** All benches in the order in which they run. */
export const benches: readonly Bench[] = [
  hostPipeline,
  hostPipelineInEditor,
  vendorSdk,
  timeToReady,
  elements,
  eventToPaint,
  typing,
  loading,
  activation,
  packageSize,
  heap,
  dripped,
  idling,
  longTexts,
  search,
  reconnecting,
  manySessions,
  longList,
  millionEvents,
  smokeRun,
];
