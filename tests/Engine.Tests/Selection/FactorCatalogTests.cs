using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

public sealed class FactorCatalogTests
{
    [Fact]
    public void Factors_and_filters_are_found_by_the_name_of_their_class()
    {
        FactorCatalog.FactorNames.ShouldContain("MtmAtrMean");
        FactorCatalog.FilterNames.ShouldBe(["ChgPctMax", "Volume"], ignoreOrder: true);
        FactorCatalog.CreateFactor(new FactorSpec("MtmAtrMean", true, 120)).ShouldBeOfType<MtmAtrMean>();
        FactorCatalog.CreateFilter(new FilterSpec("Volume", 24)).ShouldBeOfType<Volume>();
        FactorCatalog.RuleOf("ChgPctMax").ShouldBe(FilterRule.ValueMax);
        FactorCatalog.LimitOf(new FilterSpec("ChgPctMax", 24)).ShouldBe(0.2m);
        FactorCatalog.LimitOf(new FilterSpec("Volume", 24, 5)).ShouldBe(5);
        FactorCatalog.LimitOf(new FilterSpec("Volume", 24)).ShouldBe(60);
    }

    [Fact]
    public void Every_factor_and_filter_can_be_made_from_its_name()
    {
        foreach (var name in FactorCatalog.FactorNames) FactorCatalog.CreateFactor(new FactorSpec(name, true, 120)).Value.ShouldBeNull();
        foreach (var name in FactorCatalog.FilterNames) FactorCatalog.CreateFilter(new FilterSpec(name, 24)).Value.ShouldBeNull();
    }

    [Fact]
    public void The_forms_of_the_configuration_are_read()
    {
        FactorSpec.Parse(["MtmAtrMean", "true", "120", "0", "1"]).ShouldBe(new FactorSpec("MtmAtrMean", true, 120));
        FactorSpec.Parse(["MtmAtrMean", "False", "10000", "0", "0.5"]).ShouldBe(new FactorSpec("MtmAtrMean", false, 10_000, 0, 0.5m));
        FactorSpec.Parse(["MtmAtrMean", "true", "120", "0", "1"]).Column.ShouldBe("MtmAtrMean_bh_120");
        FilterSpec.Parse(["ChgPctMax", "24"]).ShouldBe(new FilterSpec("ChgPctMax", 24));
        FilterSpec.Parse(["ChgPctMax", "24", "0.3"]).ShouldBe(new FilterSpec("ChgPctMax", 24, 0.3m));
        FilterSpec.Parse(["Volume", "12"]).Column.ShouldBe("Volume_fl_12");
    }

    [Theory]
    [InlineData("Mtm,true,120,0,1", "no factor 'Mtm'; known are MtmAtrMean")]
    [InlineData("MtmAtrMean,true,120,0", "5 entries")]
    [InlineData("MtmAtrMean,yes,120,0,1", "if_reverse of the factor was 'yes'")]
    [InlineData("MtmAtrMean,true,1.5,0,1", "back_hour of the factor was '1.5'")]
    [InlineData("MtmAtrMean,true,0,0,1", "back_hour of the factor MtmAtrMean was 0, expected 1 to 10000")]
    [InlineData("MtmAtrMean,true,10001,0,1", "back_hour of the factor MtmAtrMean was 10001")]
    [InlineData("MtmAtrMean,true,120,2,1", "d_num of the factor was '2', expected 0")]
    [InlineData("MtmAtrMean,true,120,x,1", "d_num of the factor was 'x'")]
    [InlineData("MtmAtrMean,true,120,0,0", "weight of the factor was '0'")]
    public void A_wrong_factor_is_refused_by_name(string entries, string message) =>
        Should.Throw<ArgumentException>(() => FactorSpec.Parse(entries.Split(','))).Message.ShouldContain(message);

    [Theory]
    [InlineData("Chg,24", "no filter 'Chg'; known are ChgPctMax, Volume")]
    [InlineData("Volume", "2 or 3 entries")]
    [InlineData("Volume,0", "window of the filter Volume was 0")]
    [InlineData("Volume,a", "window of a filter was 'a'")]
    [InlineData("Volume,24,0", "limit of a filter was '0'")]
    [InlineData("Volume,24,1.5", "limit of a filter was '1.5'")]
    [InlineData("ChgPctMax,24,high", "limit of a filter was 'high'")]
    public void A_wrong_filter_is_refused_by_name(string entries, string message) =>
        Should.Throw<ArgumentException>(() => FilterSpec.Parse(entries.Split(','))).Message.ShouldContain(message);
}
