'use strict';
const { CfnOutput, Duration, Size, Stack, aws_ec2: ec2, aws_ecr: ecr, aws_ecs: ecs, aws_iam: iam, aws_logs: logs, aws_secretsmanager: secretsmanager, aws_ssm: ssm } = require('aws-cdk-lib');

const nginx = ecs.ContainerImage.fromRegistry('nginx');
const task = (stack, props, id = 'Task') => new ecs.FargateTaskDefinition(stack, id, props);
const output = (stack, id, value) => new CfnOutput(stack, id, { value });

module.exports = {
  'ecs-task-defaults': (stack) => {
    const definition = task(stack);
    definition.addContainer('web', { image: nginx });
    output(stack, 'Arn', definition.taskDefinitionArn);
    output(stack, 'Family', definition.family);
    task(stack, {}, 'Empty');
  },
  'ecs-task-options': (stack) => {
    const role = (id) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    const definition = task(stack, {
      cpu: 1024, memoryLimitMiB: 4096, family: 'web', taskRole: role('TaskRole'), executionRole: role('ExecutionRole'), ephemeralStorageGiB: 50,
      runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
      pidMode: ecs.PidMode.TASK, enableFaultInjection: true,
    });
    definition.addContainer('web', { image: nginx });
    definition.addToTaskRolePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
    definition.addToExecutionRolePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }));
    task(stack, { runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.X86_64 }, enableFaultInjection: false }, 'Intel');
    task(stack, { cpu: 2048, memoryLimitMiB: 5120, runtimePlatform: { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE } }, 'Windows');
  },
  'ecs-task-volumes': (stack) => {
    const definition = task(stack, {
      volumes: [{ name: 'scratch' }, { name: 'late', configuredAtLaunch: true }, { name: 'files', efsVolumeConfiguration: { fileSystemId: 'fs-0123' } }],
    });
    definition.addVolume({ name: 'shared', configuredAtLaunch: false, efsVolumeConfiguration: {
      fileSystemId: 'fs-4567', rootDirectory: '/data', transitEncryption: 'ENABLED', transitEncryptionPort: 2999,
      authorizationConfig: { accessPointId: 'fsap-01', iam: 'ENABLED' },
    } });
    const web = definition.addContainer('web', { image: nginx });
    web.addMountPoints({ sourceVolume: 'scratch', containerPath: '/tmp', readOnly: false }, { sourceVolume: 'late', containerPath: '/late', readOnly: true });
    const sidecar = definition.addContainer('sidecar', { image: nginx, essential: false });
    sidecar.addVolumesFrom({ sourceContainer: 'web', readOnly: true });
  },
  'ecs-task-container-options': (stack) => {
    const definition = task(stack, { cpu: 512, memoryLimitMiB: 1024 });
    definition.addContainer('web', {
      image: nginx, containerName: 'front', command: ['nginx', '-g', 'daemon off;'], entryPoint: ['/bin/sh', '-c'], workingDirectory: '/srv', user: '1000:1000',
      hostname: 'front', cpu: 256, memoryLimitMiB: 512, memoryReservationMiB: 256, essential: true, dockerLabels: { team: 'shop' },
      startTimeout: Duration.minutes(1), stopTimeout: Duration.seconds(20), readonlyRootFilesystem: true, privileged: false, interactive: true,
      pseudoTerminal: true, disableNetworking: false, versionConsistency: ecs.VersionConsistency.DISABLED,
      enableRestartPolicy: true, restartIgnoredExitCodes: [0, 143], restartAttemptPeriod: Duration.minutes(3),
    }).addDockerLabel('tier', 'web');
    definition.addContainer('second', { image: nginx, cpu: 0, essential: false, readonlyRootFilesystem: false, restartAttemptPeriod: Duration.minutes(1) });
    definition.addContainer('third', { image: nginx, enableRestartPolicy: false, versionConsistency: ecs.VersionConsistency.ENABLED });
  },
  'ecs-task-ports-and-limits': (stack) => {
    const definition = task(stack);
    const web = definition.addContainer('web', {
      image: nginx, portMappings: [{ containerPort: 80 }, { containerPort: 53, protocol: ecs.Protocol.UDP }],
      ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: 1024, hardLimit: 65536 }],
    });
    web.addPortMappings(
      { containerPort: 8080, hostPort: 8080, protocol: ecs.Protocol.TCP, name: 'api', appProtocol: ecs.AppProtocol.http2 },
      { containerPort: ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE, containerPortRange: '9000-9010' }, { containerPort: 81, name: 'admin' });
    for (const name of Object.values(ecs.UlimitName)) web.addUlimits({ name, softLimit: 1, hardLimit: 2 });
    const migrations = definition.addContainer('migrations', { image: nginx, essential: false });
    const proxy = definition.addContainer('proxy', { image: nginx });
    web.addContainerDependencies(
      { container: migrations, condition: ecs.ContainerDependencyCondition.SUCCESS }, { container: proxy });
    proxy.addContainerDependencies(
      { container: migrations, condition: ecs.ContainerDependencyCondition.COMPLETE }, { container: migrations, condition: ecs.ContainerDependencyCondition.START });
  },
  'ecs-task-health-checks': (stack) => {
    const definition = task(stack);
    const check = (id, healthCheck) => definition.addContainer(id, { image: nginx, healthCheck });
    check('shell', { command: ['curl -f http://localhost/ || exit 1'] });
    check('words', { command: ['/bin/check', '--fast'], interval: Duration.seconds(5), timeout: Duration.seconds(5) });
    check('cmd', { command: ['CMD', '/bin/check'], retries: 0, startPeriod: Duration.seconds(0) });
    check('all', {
      command: ['CMD-SHELL', 'true'], interval: Duration.minutes(5), timeout: Duration.minutes(2), retries: 10, startPeriod: Duration.minutes(5),
    });
  },
  'ecs-task-environment': (stack) => {
    const other = new Stack(stack.node.scope, 'Other');
    const group = new ec2.CfnSecurityGroup(other, 'Group', { groupDescription: 'g' });
    const web = task(stack).addContainer('web', { image: nginx, environment: { A: 'one', GROUP: group.ref, URL: `https://${group.attrGroupId}/` } });
    web.addEnvironment('B', 'two');
    web.addEnvironment('A', 'three');
    web.addEnvironment('REGION', stack.region);
  },
  'ecs-task-secrets': (stack) => {
    const made = new secretsmanager.Secret(stack, 'Made');
    const named = secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'app/keys');
    const parameter = (id, parameterName) => ssm.StringParameter.fromSecureStringParameterAttributes(stack, id, { parameterName });
    const web = task(stack).addContainer('web', {
      image: nginx,
      secrets: {
        WHOLE: ecs.Secret.fromSecretsManager(made), FIELD: ecs.Secret.fromSecretsManager(made, 'password'),
        NAMED: ecs.Secret.fromSecretsManager(named, 'key'), STAGE: ecs.Secret.fromSecretsManagerVersion(made, { versionStage: 'AWSPREVIOUS' }, 'password'),
        VERSION: ecs.Secret.fromSecretsManagerVersion(named, { versionId: 'v-1' }),
      },
    });
    web.addSecret('PARAMETER', ecs.Secret.fromSsmParameter(parameter('Flat', 'token')));
    web.addSecret('NESTED', ecs.Secret.fromSsmParameter(parameter('Nested', '/app/token')));
  },
  'ecs-task-images': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      const imported = ecr.Repository.fromRepositoryName(stack, 'Imported', 'team/app');
      const made = new ecr.Repository(stack, 'Made');
      const credentials = secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'registry');
      const definition = task(stack);
      const add = (id, image) => definition.addContainer(id, { image });
      add('latest', ecs.ContainerImage.fromEcrRepository(imported));
      add('tagged', ecs.ContainerImage.fromEcrRepository(made, 'v1'));
      add('digest', ecs.ContainerImage.fromEcrRepository(imported, 'sha256:94afd1f2e64d908bc90dbca0035a5b567EXAMPLE'));
      add('public', ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:latest'));
      add('private', ecs.ContainerImage.fromRegistry('registry.example.com/app:1', { credentials }));
      add('plain', ecs.ContainerImage.fromRegistry('123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1'));
    },
  },
  'ecs-task-logging': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      const definition = task(stack);
      const add = (id, props) => definition.addContainer(id, { image: nginx, logging: ecs.LogDrivers.awsLogs({ streamPrefix: id, ...props }) });
      add('plain');
      add('month', { logRetention: logs.RetentionDays.ONE_MONTH });
      add('given', { logGroup: new logs.LogGroup(stack, 'Group') });
      add('imported', { logGroup: logs.LogGroup.fromLogGroupArn(stack, 'Theirs', 'arn:aws:logs:eu-west-1:123456789012:log-group:/apps') });
      add('named', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Named', '/named') });
      add('options', {
        mode: ecs.AwsLogDriverMode.NON_BLOCKING, maxBufferSize: Size.mebibytes(25), datetimeFormat: '%Y-%m-%d', multilinePattern: '^ERROR',
      });
      add('blocking', { mode: ecs.AwsLogDriverMode.BLOCKING });
    },
  },
  'ecs-task-grant-run': (stack) => {
    const role = new iam.Role(stack, 'Runner', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const early = task(stack, {}, 'Early');
    early.grantRun(role);
    early.addContainer('web', { image: nginx, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }) });
    const late = task(stack, {}, 'Late');
    late.addContainer('web', { image: nginx, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }) });
    late.grantRun(role);
  },
};
