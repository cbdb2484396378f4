using Granary.Engine.Decisions;
using Granary.Engine.Rules;

namespace Granary.Engine.Tests.Rules;

public sealed class RuleCatalogTests
{
    [Fact]
    public void Every_rule_can_be_made_with_its_defaults_and_has_a_name_that_an_order_can_carry()
    {
        RuleCatalog.Names.ShouldContain(nameof(Breakout));
        foreach (var name in RuleCatalog.Names)
        {
            RuleCatalog.Create(new RuleSpec { Name = name }).Name.ShouldBe(name);
            SignalNames.All.ShouldNotContain(name, StringComparer.OrdinalIgnoreCase);
            Granary.Engine.Risk.ClientOrderId.IsValid("g", "a", name, out var problem).ShouldBeTrue(problem);
        }
    }

    [Theory]
    [InlineData("Breakou", "Lookback=3", "Name was 'Breakou', which is no rule; there are: Breakout")]
    [InlineData("Breakout", "Lookback", "Parameters: 'Lookback' of Breakout is not of the form name=value")]
    [InlineData("Breakout", "Lookback=many", "Parameters: 'Lookback=many' of Breakout is not of the form name=value")]
    [InlineData("Breakout", "Lookback=3.5", "Parameters: Lookback of Breakout was 3.5, expected a whole number of 2 to 10000")]
    [InlineData("Breakout", "FlowMin=2", "Parameters: FlowMin of Breakout was 2, expected 0 to 1")]
    [InlineData("Breakout", "Lokback=3", "Parameters: Breakout has no 'Lokback'; it has: FlowMin, Lookback")]
    [InlineData("Breakout", "Lookback=3;lookback=4", "Parameters: lookback of Breakout is given twice")]
    public void What_cannot_be_is_refused_with_what_can(string name, string parameters, string message) =>
        Should.Throw<ArgumentException>(() => new RuleSpec { Name = name, Parameters = parameters.Split(';') }.Validate()).Message.ShouldContain(message);

    [Theory]
    [InlineData("Breakout", null)]
    [InlineData("regime,momentum,reversion,Breakout", null)]
    [InlineData("magic", "there is no strategy 'magic'; configure one of: regime, momentum, reversion, Breakout")]
    [InlineData("reversion,Breakout", "reversion needs regime and momentum")]
    public void Lists_of_strategies_may_name_rules(string names, string? complaint)
    {
        var said = StrategyList.Complaint(names.Split(','));
        if (complaint is null) said.ShouldBeNull();
        else said.ShouldNotBeNull().ShouldContain(complaint);
    }

    [Fact]
    public void A_listed_rule_has_its_parameters_and_another_its_defaults()
    {
        var spec = new RuleSpec { Name = "Breakout", Parameters = ["Lookback=9"] };
        StrategyList.RulesOf(["regime", "Breakout"], [spec]).ShouldBe([spec]);
        StrategyList.RulesOf(["Breakout"], []).Single().Parameters.ShouldBeEmpty();
        StrategyList.RulesOf(["regime"], [spec]).ShouldBeEmpty();
    }
}
