/**
 * A cluster of Slurm on this machine, for tests: its own key, ports and folder, no service manager. The daemons run in the
 * foreground as children of the test, each at the head of a process group, and end with the cluster.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { hasTool } from './external-tool.js';

/** Whether a cluster can be started here: its daemons are there, and we are root, as their users. */
export const canStartSlurm =
  process.getuid?.() === 0 && ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scontrol'].every(hasTool);

export interface SlurmCluster {
  /** Variables with which commands of Slurm find the cluster. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a command of Slurm prints. */
  ask(command: string, ...args: readonly string[]): string;
  /** Ends the daemon of a node and what it runs with SIGKILL, as a power failure does. */
  killNode(name: string): void;
  startNode(name: string): Promise<void>;
  /** Waits until `isSo` of what `command` prints. */
  until(isSo: (text: string) => boolean, command: string, ...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Time for the cluster to do what it is asked [ms]. */
const PATIENCE = 60_000;

/** Starts a cluster with nodes `n1` to `n<count>` of one processor each. */
export async function startSlurm(count: number): Promise<SlurmCluster> {
  // Below a folder that others may enter: munge refuses anything else, and sockets want short paths
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'slurm'));
  const daemons = new Map<string, ChildProcess>();
  const environment = { SLURM_CONF: path.join(folder, 'slurm.conf') };
  const start = (name: string, command: string, ...args: readonly string[]): void => {
    const log = fs.openSync(path.join(folder, `${name}.out`), 'a');
    const child = spawn(command, args, {
      detached: true,
      env: { ...process.env, ...environment },
      stdio: ['ignore', log, log],
    });
    fs.closeSync(log);
    daemons.set(name, child);
  };
  const ask = (command: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
    return status === 0 ? stdout : `failed: ${stderr}`;
  };
  const until = async (
    isSo: (text: string) => boolean,
    command: string,
    ...args: readonly string[]
  ): Promise<string> => {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const text = ask(command, ...args);
      if (isSo(text)) return text;
      if (Date.now() > end) throw new Error(`${command} ${args.join(' ')} still says ${text}\n${logsIn(folder)}`);
      await setTimeout(100);
    }
  };
  const startNode = async (name: string): Promise<void> => {
    start(name, 'slurmd', '-D', '-N', name);
    await until(
      (text) => /^(idle|mixed|allocated)/.test(text),
      'sinfo',
      '--noheader',
      `--nodes=${name}`,
      '--format=%T',
    );
  };
  const killNode = (name: string): void => {
    endGroup(daemons.get(name));
    for (const pid of processesOf(folder, `SLURMD_NODENAME=${name}\0`)) {
      // The step of a job leads a session of its own and knows its node by no variable
      const parent = parentOf(pid);
      if (parent !== undefined && readOf(parent, 'cmdline').startsWith('slurmstepd')) endProcess(parent);
      endProcess(pid);
    }
  };
  const stop = async (): Promise<void> => {
    for (const daemon of daemons.values()) endGroup(daemon);
    for (const pid of processesOf(folder, '')) endProcess(pid);
    await Promise.all([...daemons.values()].map(ended));
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const cluster = { environment, ask, killNode, startNode, until, stop };
  try {
    await configure(folder, count);
    start('munged', 'munged', ...mungeArguments(folder));
    await until((text) => !text.startsWith('failed'), 'munge', '-n', `--socket=${path.join(folder, 'munge.socket')}`);
    start('controller', 'slurmctld', '-D', '-c');
    await until((text) => text.includes('UP'), 'scontrol', 'ping');
    await Promise.all(Array.from({ length: count }, (_, index) => startNode(`n${String(index + 1)}`)));
    return cluster;
  } catch (error) {
    await stop();
    throw error;
  }
}

function mungeArguments(folder: string): readonly string[] {
  const place = (name: string): string => path.join(folder, name);
  return [
    ...['--foreground', '--force', `--key-file=${place('munge.key')}`, `--socket=${place('munge.socket')}`],
    ...[`--pid-file=${place('munge.pid')}`, `--log-file=${place('munge.log')}`, `--seed-file=${place('munge.seed')}`],
  ];
}

async function configure(folder: string, count: number): Promise<void> {
  fs.chmodSync(folder, 0o755);
  fs.writeFileSync(path.join(folder, 'munge.key'), randomBytes(128), { mode: 0o400 });
  const names = Array.from({ length: count }, (_, index) => `n${String(index + 1)}`);
  for (const name of ['state', ...names.map((each) => `spool-${each}`)]) fs.mkdirSync(path.join(folder, name));
  const [controller, ...ports] = await freePorts(count + 1);
  const host = os.hostname().split('.')[0];
  const nodes = names.map(
    (name, index) =>
      `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[index]} CPUs=1 State=UNKNOWN`,
  );
  fs.writeFileSync(path.join(folder, 'cgroup.conf'), 'CgroupPlugin=cgroup/v1\n');
  fs.writeFileSync(
    path.join(folder, 'slurm.conf'),
    `${[
      'ClusterName=test',
      `SlurmctldHost=${host}(127.0.0.1)`,
      `SlurmctldPort=${controller}`,
      'SlurmUser=root',
      'SlurmdUser=root',
      'AuthType=auth/munge',
      'CryptoType=crypto/munge',
      `AuthInfo=socket=${folder}/munge.socket`,
      `StateSaveLocation=${folder}/state`,
      `SlurmdSpoolDir=${folder}/spool-%n`,
      `SlurmctldPidFile=${folder}/slurmctld.pid`,
      `SlurmdPidFile=${folder}/slurmd-%n.pid`,
      `SlurmctldLogFile=${folder}/slurmctld.log`,
      `SlurmdLogFile=${folder}/slurmd-%n.log`,
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_CPU',
      'SwitchType=switch/none',
      'MpiDefault=none',
      'ReturnToService=2',
      'SlurmdTimeout=5',
      'SlurmctldTimeout=5',
      'InactiveLimit=0',
      'KillWait=1',
      'MessageTimeout=5',
      'SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=10000,bf_interval=1',
      'JobRequeue=1',
      'JobAcctGatherType=jobacct_gather/none',
      'AccountingStorageType=accounting_storage/none',
      ...nodes,
      `PartitionName=main Nodes=${names.join(',')} Default=YES State=UP OverSubscribe=NO`,
    ].join('\n')}\n`,
  );
}

/** So many ports that nobody listens at; all are held until all are known. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve) =>
        server.listen(0, '127.0.0.1', () => {
          resolve(server);
        }),
      );
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Processes that were started with the configuration in `folder` and a variable like `mark`. */
function processesOf(folder: string, mark: string): readonly number[] {
  const pids = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => {
    const environment = readOf(pid, 'environ');
    return pid !== process.pid && environment.includes(`SLURM_CONF=${folder}/`) && environment.includes(mark);
  });
}

function parentOf(pid: number): number | undefined {
  const [, parent] = /^PPid:\s+(\d+)/m.exec(readOf(pid, 'status')) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

/** What the system tells of a process; empty where it is gone. */
function readOf(pid: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already
  }
}

function endGroup(child: ChildProcess | undefined): void {
  if (child?.pid !== undefined) endProcess(-child.pid);
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
}

function logsIn(folder: string): string {
  const files = fs.readdirSync(folder).filter((name) => /\.(log|out)$/.test(name));
  return files.map((name) => `${name}:\n${fs.readFileSync(path.join(folder, name), 'utf8').slice(-1500)}`).join('\n');
}
