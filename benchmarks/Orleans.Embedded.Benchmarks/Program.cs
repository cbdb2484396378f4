using System.Runtime;
using Granary.Orleans.Embedded.Benchmarks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Embedded;

// Figures of the embedded runtime beside those of Microsoft Orleans 10.4 measured on the same kind of machine (2 vCPU, workstation GC, .NET 10).
// Nothing is switched off for the measurement: deep copy rules, timeouts, mailbox bounds and turn isolation are all on.
var only = args.Length > 0 ? args[0] : "";
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.UseOrleans();
using var host = builder.Build();
await host.StartAsync();
var silo = host.Services.GetRequiredService<EmbeddedSilo>();
Console.WriteLine($"{EmbeddedSilo.RuntimeName}; .NET {Environment.Version}, {Environment.ProcessorCount} processors, {(GCSettings.IsServerGC ? "server" : "workstation")} GC, medians of {Measurement.Rounds} rounds");
Console.WriteLine();
Console.WriteLine($"{"",-56}{"this runtime",22}{"[min - max]",26}   Microsoft Orleans");
var suite = new CallBenchmarks(silo);
if (only is "" or "call") await suite.SequentialCalls();
if (only is "" or "flight") await suite.CallsInFlight();
if (only is "" or "memory") await new ActivationBenchmarks(silo).Run();
if (only is "" or "starvation") await new StarvationBenchmarks(silo).Run();
await host.StopAsync();
