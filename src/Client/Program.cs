using Granary.Client.Cli;

return await new ConsoleApp(ConsoleHost.ForProcess()).RunAsync(args);
