using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Faults;

/// <summary>/granary/faults, which Binance does not have: POST adds a script's rules, GET tells the rules and how often each happened, DELETE forgets them.</summary>
internal sealed class RestFaultEndpoints(FaultPlan plan)
{
    private const string Path = "/granary/faults";

    public void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        routes.Add(("GET", Path), new RestRoute(RestSecurity.None, _ => 0, false, Tell));
        routes.Add(("POST", Path), new RestRoute(RestSecurity.None, _ => 0, false, Add));
        routes.Add(("DELETE", Path), new RestRoute(RestSecurity.None, _ => 0, false, c =>
        {
            plan.Clear();
            Tell(c);
        }));
    }

    private void Add(RestRequestContext c)
    {
        try
        {
            plan.Add(FaultScript.Parse(c.Body));
        }
        catch (ArgumentException wrong)
        {
            throw new ExchangeException(-1130, wrong.Message);
        }
        Tell(c);
    }

    private void Tell(RestRequestContext c)
    {
        c.Writer.BeginArray();
        foreach (var (rule, happened) in plan.Rules)
        {
            c.Writer.BeginObject().Name("kind"u8).Text(rule.Kind.ToString()).Name("account"u8).Text(rule.Account ?? "").Name("symbol"u8).Text(rule.Symbol ?? "")
                .Name("request"u8).Text(rule.Request ?? "").Name("stream"u8).Text(rule.Stream ?? "").Name("connection"u8).Number(rule.Connection ?? 0)
                .Name("fromMs"u8).Number(rule.FromMs).Name("untilMs"u8).Number(rule.UntilMs).Name("after"u8).Number((long)rule.After)
                .Name("times"u8).Number((long)rule.Times).Name("probability"u8).Number((decimal)rule.Probability).Name("value"u8).Number(rule.Value)
                .Name("happened"u8).Number(happened).EndObject();
        }
        c.Writer.EndArray();
    }
}
