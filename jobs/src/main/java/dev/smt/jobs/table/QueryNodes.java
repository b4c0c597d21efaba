package dev.smt.jobs.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.jdk.javaapi.CollectionConverters;

/**
 * All that a query's plan is made of. Spark's own walk over a plan passes by what stands in WITH, in subqueries and in
 * named windows.
 *
 * @param plans the nodes
 * @param expressions of these nodes, each with those in it
 */
record QueryNodes(List<QueryPlan<?>> plans, List<Expression> expressions) {

    static QueryNodes of(QueryPlan<?> root) {
        List<QueryPlan<?>> plans = new ArrayList<>();
        List<Expression> expressions = new ArrayList<>();
        Deque<TreeNode<?>> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            TreeNode<?> node = open.pop();
            push(open, CollectionConverters.asJava(node.children()));
            push(open, CollectionConverters.asJava(node.innerChildren()));
            if (node instanceof QueryPlan<?> plan) {
                plans.add(plan);
                push(open, CollectionConverters.asJava(plan.expressions()));
            }
            if (node instanceof Expression expression) {
                expressions.add(expression);
            }
            if (node instanceof PlanExpression<?> subquery) {
                push(open, List.of(subquery.plan()));
            }
            if (node instanceof WithWindowDefinition windows) {
                push(
                        open,
                        CollectionConverters.asJava(windows.windowDefinitions()).values());
            }
        }
        return new QueryNodes(plans, expressions);
    }

    private static void push(Deque<TreeNode<?>> open, Iterable<?> nodes) {
        for (Object node : nodes) {
            if (node instanceof TreeNode<?> known) {
                open.push(known);
            }
        }
    }
}
