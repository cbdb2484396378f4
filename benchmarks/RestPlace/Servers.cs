using System.Net;
using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Exchange.Hosting;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.RestPlace;

/// <summary>The two servers: the whole exchange with its market running, and Kestrel that reads a body and answers with as many bytes.</summary>
internal static class Servers
{
    public const string Key = "granary-test-key";
    public const string Secret = "granary-test-secret";

    private const int AnswerBytes = 560;

    public static async Task ServeExchangeAsync()
    {
        var time = TimeProvider.System;
        var options = new ExchangeOptions { Accounts = [new ExchangeAccount("main", Key, Secret, 100_000_000m)] };
        var streams = new StreamProtocol(new StreamOptions());
        using var core = new ExchangeCore(options, MarketFactory.Create, streams, time, NullLogger<ExchangeCore>.Instance);
        streams.Attach(core);
        var rest = new RestProtocol(core, streams, new RestOptions { WeightPerMinuteMax = 0, OrdersPer10sMax = 0, OrdersPerMinuteMax = 0 });
        await using var server = new ExchangeServer(rest, streams, new ExchangeServerOptions { Url = "http://127.0.0.1:0" }, time, NullLoggerFactory.Instance);
        await server.StartAsync(default);
        using var stop = new CancellationTokenSource();
        var pump = new MarketPump(core.Driver, time, 1).RunAsync(stop.Token);
        Console.WriteLine(server.Url);
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await pump;
    }

    public static async Task ServeFloorAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        var answer = new byte[AnswerBytes];
        Array.Fill(answer, (byte)' ');
        app.Run(async context =>
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync();
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = AnswerBytes;
            await context.Response.Body.WriteAsync(answer);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }
}
